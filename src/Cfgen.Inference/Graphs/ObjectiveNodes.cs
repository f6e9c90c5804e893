using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Graphs;

/// <summary>From logits [N, K] and target [N] to probability [N] and to the score [N] that a search makes larger.</summary>
static class ObjectiveNodes
{
    /// <summary>Stands for "not this class" in a maximum or a sum of exponentials; finite, so that no infinity meets a zero.</summary>
    const double Never = -1e30;

    /// <summary>Appends both.</summary>
    /// <param name="ops">Writes them.</param>
    /// <param name="logits">[N, K].</param>
    /// <param name="target">[N].</param>
    /// <param name="classifier">Whose logits they are.</param>
    /// <param name="objective">What is made larger; its views are not looked at.</param>
    /// <returns>Names of score and probability.</returns>
    public static (string Score, string Probability) Append(
        GraphWriter ops, string logits, string target, ClassifierPart classifier, ObjectiveSpec objective)
    {
        long[] indices = [.. Enumerable.Range(0, classifier.Classes).Select(k => (long)k)];
        string isTarget = ops.Equal(ops.Unsqueeze(target, 1), ops.Unsqueeze(ops.Longs(indices), 0)); // [N, K]
        return classifier.HasLabels ? OfLabel(ops, Own(ops, logits, isTarget), objective.Kind, objective.Increase)
            : OfClass(ops, logits, isTarget, objective.Kind, objective.Increase);
    }

    static (string Score, string Probability) OfClass(GraphWriter ops, string logits, string isTarget, ObjectiveKind kind, bool increase)
    {
        string logProbabilities = ops.LogSoftmax(logits, 1);
        string never = ops.Scalar(Never);
        string own = Own(ops, logProbabilities, isTarget); // log p(target)
        string probability = ops.Exp(own);
        string score = kind switch
        {
            ObjectiveKind.LogProbability when increase => own,
            // Away from the target: log of the others' sum. log p itself is flat where the search starts, at p near 1.
            ObjectiveKind.LogProbability => ops.ReduceLogSumExp(ops.Where(isTarget, never, logProbabilities), [1], keepDims: false),
            ObjectiveKind.Probability => Signed(ops, probability, increase),
            _ => Signed(ops, Margin(ops, logits, isTarget, never), increase),
        };
        return (score, probability);
    }

    /// <summary>p = sigmoid(l) of the label's own logit l, log p = -softplus(-l), log(1 - p) = -softplus(l); its margin against "not so"
    /// is l.</summary>
    static (string Score, string Probability) OfLabel(GraphWriter ops, string logit, ObjectiveKind kind, bool increase)
    {
        string probability = ops.Sigmoid(logit);
        string score = kind switch
        {
            ObjectiveKind.LogProbability => ops.Neg(ops.Softplus(increase ? ops.Neg(logit) : logit)),
            ObjectiveKind.Probability => Signed(ops, probability, increase),
            _ => Signed(ops, logit, increase),
        };
        return (score, probability);
    }

    static string Own(GraphWriter ops, string values, string isTarget) =>
        ops.ReduceSum(ops.Where(isTarget, values, ops.Scalar(0)), [1], keepDims: false);

    static string Margin(GraphWriter ops, string logits, string isTarget, string never)
    {
        string best = ops.ReduceMax(ops.Where(isTarget, never, logits), [1], keepDims: false);
        return ops.Sub(Own(ops, logits, isTarget), best);
    }

    static string Signed(GraphWriter ops, string value, bool increase) => increase ? value : ops.Neg(value);
}
