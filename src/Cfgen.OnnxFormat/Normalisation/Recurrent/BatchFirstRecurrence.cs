namespace Cfgen.OnnxFormat.Normalisation.Recurrent;

/// <summary>RNN, GRU and LSTM of layout 1, which ONNX Runtime has no kernels for, as those of layout 0.</summary>
static class BatchFirstRecurrence
{
    /// <summary>
    /// X [N, steps, inputs], initial states [N, directions, hidden] to Y [N, steps, directions, hidden] and last states [N, directions,
    /// hidden], by the operator whose axis of the steps, or else of the directions, comes first. Null where it does.
    /// </summary>
    public static IReadOnlyList<string>? StepsFirst(DecomposedNode n)
    {
        if (n.Int("layout", 0) == 0) return null;
        GraphWriter ops = n.Ops;
        string[] inputs = [.. n.Node.Input.Select((input, i) => n.Has(i) && i is 0 or 5 or 6 ? ops.Transpose(input, 1, 0, 2) : input)];
        string[] made = n.Emit(n.Node.OpType, n.Node.Name, inputs, n.Node.Output.Count, n.Node.Attribute.Where(a => a.Name != "layout"));
        return [.. made.Select(
            (output, i) => !n.Makes(i) ? "" : i == 0 ? ops.Transpose(output, 2, 0, 1, 3) : ops.Transpose(output, 1, 0, 2))];
    }
}
