using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Graphs;

/// <summary>From logits [N, K] and target [N] to probability [N] and to the score [N] that a search makes larger.</summary>
static class ObjectiveNodes
{
    /// <summary>Stands for "not this class" in a maximum or a sum of exponentials; finite, so that no infinity meets a zero.</summary>
    const double Never = -1e30;

    /// <returns>Names of score and probability.</returns>
    public static (string Score, string Probability) Append(GraphWriter ops, string logits, string target, int classes, ObjectiveKind kind, bool increase)
    {
        long[] indices = [.. Enumerable.Range(0, classes).Select(k => (long)k)];
        string isTarget = ops.Equal(ops.Unsqueeze(target, 1), ops.Unsqueeze(ops.Longs(indices), 0)); // [N, K]
        string logProbabilities = ops.LogSoftmax(logits, 1);
        string zero = ops.Scalar(0), never = ops.Scalar(Never);
        string own = ops.ReduceSum(ops.Where(isTarget, logProbabilities, zero), [1], keepDims: false); // log p(target)
        string probability = ops.Exp(own);
        string score = kind switch
        {
            ObjectiveKind.LogProbability when increase => own,
            // Away from the target: log of the others' sum. log p itself is flat where the search starts, at p near 1.
            ObjectiveKind.LogProbability => ops.ReduceLogSumExp(ops.Where(isTarget, never, logProbabilities), [1], keepDims: false),
            ObjectiveKind.Probability => Signed(ops, probability, increase),
            _ => Signed(ops, Margin(ops, logits, isTarget, zero, never), increase),
        };
        return (score, probability);
    }

    static string Margin(GraphWriter ops, string logits, string isTarget, string zero, string never)
    {
        string own = ops.ReduceSum(ops.Where(isTarget, logits, zero), [1], keepDims: false);
        string best = ops.ReduceMax(ops.Where(isTarget, never, logits), [1], keepDims: false);
        return ops.Sub(own, best);
    }

    static string Signed(GraphWriter ops, string value, bool increase) => increase ? value : ops.Neg(value);
}
