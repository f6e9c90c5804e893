using Cfgen.Inference.Bundles;
using Cfgen.Inference.Views;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Graphs;

/// <summary>The objective over several views of a picture: one row of the generator, V rows of the classifier.</summary>
/// <param name="Score">The mean over the views, [N].</param>
/// <param name="Probability">p(target) of the picture itself, [N].</param>
/// <param name="Views">p(target) under each view, [N, V].</param>
/// <param name="Logits">Of the picture itself, [N, K].</param>
sealed record ViewedObjective(string Score, string Probability, string Views, string Logits)
{
    /// <summary>Appends views, classifier and objective.</summary>
    public static ViewedObjective Append(ModelComposer composer, GraphWriter ops, string image, GraphParts parts, ObjectiveSpec objective)
    {
        long count = objective.Views.Count;
        string views = ViewSampler.Append(new(composer.Model, "views/"), image, parts.Bundle.Manifest.Image, objective.Views);
        string logits = Classify(composer, ops, views, parts, count); // [N V, K]
        string targets = Repeated(ops, GraphNames.Target, count);
        (string score, string probability) = ObjectiveNodes.Append(ops, logits, targets, parts.Classifier, objective);
        string byView = ops.Reshape(probability, ops.Longs(-1, count)); // [N, V]
        string apart = ops.Reshape(logits, ops.Longs(-1, count, parts.Classifier.Classes)); // [N, V, K]
        return new(
            ops.ReduceMean(ops.Reshape(score, ops.Longs(-1, count)), [1], keepDims: false),
            ops.Squeeze(ops.Slice(byView, [0], [1], [1]), 1),
            byView,
            ops.Squeeze(ops.Slice(apart, [0], [1], [1]), 1));
    }

    /// <summary>Logits [N V, K] of views [N, V, C, H, W]: as rows of one batch or, by a classifier that was exported for a batch of its
    /// own, view after view over the same weights.</summary>
    static string Classify(ModelComposer composer, GraphWriter ops, string views, GraphParts parts, long count)
    {
        ImageSpec spec = parts.Bundle.Manifest.Image;
        string Rows(string x) => ops.Reshape(x, ops.Longs(-1, spec.Channels, spec.Height, spec.Width));
        if (parts.Classifier.Model.Input.Shape?[0] is null) return parts.Classifier.Append(composer, Rows(views), spec).Logits;
        List<string> logits = [];
        for (int view = 0; view < count; view++)
        {
            string one = Rows(ops.Slice(views, [view], [view + 1], [1]));
            logits.Add(ops.Unsqueeze(parts.Classifier.Append(composer, one, spec, view).Logits, 1));
        }
        return ops.Reshape(ops.Concat(logits, 1), ops.Longs(-1, parts.Classifier.Classes));
    }

    /// <summary>[N] as [N V], each row once for every view.</summary>
    static string Repeated(GraphWriter ops, string rows, long count) =>
        ops.Reshape(ops.Expand(ops.Unsqueeze(rows, 1), ops.Longs(1, count)), ops.Longs(-1));
}
