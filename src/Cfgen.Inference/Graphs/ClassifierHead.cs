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
        bool single = classifier.Output.WithoutOnes() is { Shape.Count: 1 };
        return (LastOperator(classifier), single) switch
        {
            ("Sigmoid", true) => ClassifierOutput.Sigmoid,
            ("Sigmoid", false) => ClassifierOutput.Labels,
            ("Softmax", _) => ClassifierOutput.Probabilities,
            (_, true) => ClassifierOutput.Logit,
            _ => ClassifierOutput.Logits,
        };
    }

    /// <summary>Appends what turns the output into logits [N, K] whose softmax, or sigmoid for labels, is the classifier's
    /// probability.</summary>
    /// <param name="ops">Writes it.</param>
    /// <param name="output">[N, K], or [N] where there is a single column.</param>
    /// <param name="kind">What it holds.</param>
    /// <param name="rank">1 or 2.</param>
    public static string Append(GraphWriter ops, string output, ClassifierOutput kind, int rank)
    {
        if (kind is ClassifierOutput.Logits or ClassifierOutput.Auto) return output;
        if (kind == ClassifierOutput.Probabilities) return SafeLog(ops, output);
        if (kind == ClassifierOutput.Labels) return ops.Sub(SafeLog(ops, output), SafeLog(ops, ops.Sub(ops.Scalar(1), output)));
        string second = rank == 1 ? ops.Unsqueeze(output, 1) : output;
        return kind == ClassifierOutput.Sigmoid
            ? ops.Concat([SafeLog(ops, ops.Sub(ops.Scalar(1), second)), SafeLog(ops, second)], 1)
            : ops.Concat([ops.Mul(second, ops.Scalar(0)), second], 1);
    }

    /// <summary>The operator that makes the output, behind those that only give its elements another shape.</summary>
    static string? LastOperator(ModelPart classifier)
    {
        GraphIndex index = new(classifier.Model.Graph);
        NodeProto? last = index.Maker(classifier.Output.Name);
        while (last is { OpType: "Reshape" or "Squeeze" or "Flatten" or "Identity", Input.Count: > 0 }) last = index.Maker(last.Input[0]);
        return last?.OpType;
    }

    /// <summary>Number of classes behind an output of <paramref name="columns"/> columns.</summary>
    public static int Classes(ClassifierOutput kind, int columns) =>
        kind is ClassifierOutput.Sigmoid or ClassifierOutput.Logit ? 2 : columns;

    static string SafeLog(GraphWriter ops, string p) => ops.Log(ops.Clip(p, SmallestProbability, 1));
}
