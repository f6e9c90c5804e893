using static Cfgen.OnnxFormat.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat.Normalisation.Recurrent;

/// <summary>
/// Sequences of a batch that end before the last step. All steps are written for all of them: what comes after a sequence's end changes
/// nothing before it, so that it is enough to put zeros there, and to take the last state of each from where its sequence ends.
/// </summary>
/// <param name="ops">The graph.</param>
/// <param name="lengths">[N], of whole numbers.</param>
/// <param name="steps">At least as many as each sequence has.</param>
sealed class SequenceLengths(GraphWriter ops, string lengths, long steps)
{
    readonly string _lengths = ops.Cast(lengths, DataType.Int64);

    /// <summary>Those of a node; null where it has none, or all sequences take all steps.</summary>
    public static SequenceLengths? Of(DecomposedNode n, long steps) =>
        !n.Has(4) || n.Ops.Constant(n.Input(4))?.ToLongs().All(length => length >= steps) == true ? null : new(n.Ops, n.Input(4), steps);

    /// <summary>X [steps, N, inputs] with zeros behind the ends: whatever stands there must not reach a gradient.</summary>
    public string WithoutPadding(string x) => ops.Where(ops.Less(Steps(0, steps, 1, 1), ops.Unsqueeze(_lengths, 0, 2)), x, ops.Scalar(0));

    /// <summary>Y [N, steps, 1, hidden] with zeros behind the ends.</summary>
    public string Within(string y) => ops.Where(ops.Less(Steps(0, 1, steps, 1, 1), ops.Unsqueeze(_lengths, 1, 2, 3)), y, ops.Scalar(0));

    /// <summary>Of Y [N, steps, 1, hidden] each sequence's last step, [1, N, hidden]; zero where it has none.</summary>
    public string Last(string y)
    {
        string isLast = ops.Equal(Steps(1, 1, steps, 1, 1), ops.Unsqueeze(_lengths, 1, 2, 3));
        return ops.Transpose(ops.ReduceSum(ops.Where(isLast, y, ops.Scalar(0)), [1], keepDims: false), 1, 0, 2);
    }

    /// <summary>Each sequence from its end to its beginning; what lies behind the end stays.</summary>
    public string Reverse(string x, long stepAxis, long batchAxis) =>
        ops.Emit("ReverseSequence", [x, _lengths], Attribute("batch_axis", batchAxis), Attribute("time_axis", stepAxis));

    /// <summary>first, first + 1, ... for every step.</summary>
    string Steps(long first, params ReadOnlySpan<long> shape)
    {
        long[] numbers = [.. Enumerable.Range(0, (int)steps).Select(t => first + t)];
        return ops.AddConstant(((ReadOnlySpan<long>)numbers).ToTensor(shape));
    }
}
