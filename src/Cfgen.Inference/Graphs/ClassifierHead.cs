using Cfgen.Inference.Bundles;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Graphs;

/// <summary>Brings whatever a classifier's output holds to logits [N, K].</summary>
static class ClassifierHead
{
    const double SmallestProbability = 1e-12;

    /// <summary>Decides what the output holds, from the node that makes it, where <c>model.json</c> does not say.</summary>
    public static ClassifierOutput Resolve(ModelPart classifier, ClassifierOutput told)
    {
        if (told != ClassifierOutput.Auto) return told;
        bool single = classifier.Output.Shape is { } shape && (shape.Count == 1 || shape.Count == 2 && shape[1] == 1);
        string? last = classifier.Model.Graph.Node.LastOrDefault(n => n.Output.Contains(classifier.Output.Name))?.OpType;
        return (last, single) switch
        {
            ("Sigmoid", true) => ClassifierOutput.Sigmoid,
            ("Softmax", _) => ClassifierOutput.Probabilities,
            (_, true) => ClassifierOutput.Logit,
            _ => ClassifierOutput.Logits,
        };
    }

    /// <summary>Appends what turns the output into logits whose softmax is the classifier's probability.</summary>
    public static string Append(GraphWriter ops, string output, ClassifierOutput kind, int rank)
    {
        if (kind is ClassifierOutput.Logits or ClassifierOutput.Auto) return output;
        if (kind == ClassifierOutput.Probabilities) return SafeLog(ops, output);
        string second = rank == 1 ? ops.Unsqueeze(output, 1) : output;
        return kind == ClassifierOutput.Sigmoid
            ? ops.Concat([SafeLog(ops, ops.Sub(ops.Scalar(1), second)), SafeLog(ops, second)], 1)
            : ops.Concat([ops.Mul(second, ops.Scalar(0)), second], 1);
    }

    /// <summary>Number of classes behind an output of <paramref name="columns"/> columns.</summary>
    public static int Classes(ClassifierOutput kind, int columns) => kind is ClassifierOutput.Sigmoid or ClassifierOutput.Logit ? 2 : columns;

    static string SafeLog(GraphWriter ops, string p) => ops.Log(ops.Clip(p, SmallestProbability, 1));
}
