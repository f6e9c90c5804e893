namespace Cfgen.OnnxFormat.Normalisation.Recurrent;

/// <summary>
/// Writes an RNN, GRU or LSTM as its steps: X [steps, N, inputs], sequence_lens [N] and initial states [directions, N, hidden] to
/// Y [steps, directions, N, hidden] and the last states [directions, N, hidden].
/// </summary>
/// <remarks>
/// The products of X and W are one node for all steps. States are rows of the batch, [N, hidden], and Y is put together along the axis of
/// the features, whose length is known where the batch's is not.
/// </remarks>
static class UnrolledRecurrence
{
    const int InitialH = 5, InitialC = 6;

    /// <summary>Y, Y_h and Y_c; an empty name where it is not asked for.</summary>
    /// <exception cref="ModelFormatException">The activations are unknown, or a parameter of theirs is open.</exception>
    public static IReadOnlyList<string> Write(DecomposedNode n)
    {
        GraphWriter ops = n.Ops;
        bool[] reversed = n.Text("direction") switch { "reverse" => [true], "bidirectional" => [false, true], _ => [false] };
        RecurrentActivation[][] functions = RecurrentActivations.Of(n, reversed.Length);
        SequenceLengths? lengths = SequenceLengths.Of(n, n.Length(0, 0));
        string x = lengths is null ? n.Input(0) : lengths.WithoutPadding(n.Input(0));
        (string Y, string H, string C)[] results = [
            .. reversed.Select((isReversed, index) => Direction(n, lengths, x, index, isReversed, functions[index]))
        ];
        return
        [
            n.Makes(0) ? ops.Transpose(ops.Concat([.. results.Select(r => r.Y)], 2), 1, 2, 0, 3) : "",
            n.Makes(1) ? ops.Concat([.. results.Select(r => r.H)], 0) : "",
            n.Makes(2) ? ops.Concat([.. results.Select(r => r.C)], 0) : "",
        ];
    }

    /// <summary>Y [N, steps, 1, hidden] and the last states [1, N, hidden] of one direction.</summary>
    static (string Y, string H, string C) Direction(
        DecomposedNode n, SequenceLengths? lengths, string x, int index, bool isReversed, RecurrentActivation[] functions)
    {
        GraphWriter ops = n.Ops;
        if (isReversed && lengths is not null) x = lengths.Reverse(x, stepAxis: 0, batchAxis: 1);
        string rows = ops.Reshape(x, ops.Longs(-1, n.Length(1, 2)));
        RecurrentDirection direction = new(n, index, rows, isReversed && lengths is null, functions);
        RecurrentCell cell = RecurrentOperator.Of(n.Node).Cell(direction);
        RecurrentState[] states = new RecurrentState[n.Length(0, 0)];
        RecurrentState state = new(Initial(InitialH), n.Node.OpType == "LSTM" ? Initial(InitialC) : null);
        for (int t = 0; t < states.Length; t++) states[t] = state = cell.Step(t, state);

        string y = n.Makes(0) || n.Makes(1) && lengths is not null ? Stack(states.Select(s => s.H!)) : "";
        string h = n.Makes(1) ? Last(state.H!, y) : "";
        string c = n.Makes(2) ? Last(state.C!, lengths is null ? "" : Stack(states.Select(s => s.C!))) : "";
        if (!n.Makes(0)) return ("", h, c);
        if (lengths is not null) y = isReversed ? lengths.Reverse(lengths.Within(y), stepAxis: 1, batchAxis: 0) : lengths.Within(y);
        return (y, h, c);

        // PyTorch gives zeros where a program gives nothing.
        string? Initial(int i) => n.Has(i) && ops.Constant(n.Input(i))?.ToDoubles().All(v => v == 0) != true ? direction.Own(i) : null;

        string Stack(IEnumerable<string> steps)
        {
            IEnumerable<string> inOrder = isReversed && lengths is null ? steps.Reverse() : steps;
            return ops.Reshape(ops.Concat([.. inOrder], 1), ops.Longs(-1, states.Length, 1, direction.Size));
        }

        string Last(string state, string stack) => lengths is null ? ops.Unsqueeze(state, 0) : lengths.Last(stack);
    }
}
