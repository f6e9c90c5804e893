using Cfgen.Counterfactuals;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Images;
using Cfgen.Inference.Runtime;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Objectives;

/// <summary>
/// The search's door to the networks: one run of the gradient graph gives score, probability, gradient and image, one of the classifier the
/// verdict on the image as it is saved.
/// </summary>
public sealed class OnnxObjective : IObjective
{
    static readonly string[] s_outputs = [GraphNames.Score, GraphNames.Probability, GraphNames.Gradient, GraphNames.Image];

    readonly ModelSession _session;
    readonly long[] _wsShape;
    readonly long[] _target;
    readonly ImageClassifier _classifier;
    readonly Func<ReadOnlyMemory<float>, ReadOnlyMemory<float>>? _asSaved;

    internal OnnxObjective(
        ModelSession session, GraphFacts facts, int targetClass, ImageClassifier classifier,
        Func<ReadOnlyMemory<float>, ReadOnlyMemory<float>>? asSaved)
    {
        (_session, _wsShape, _target) = (session, [1, facts.NumWs, facts.WDim], [targetClass]);
        (_classifier, _asSaved) = (classifier, asSaved);
    }

    /// <inheritdoc/>
    public Evaluation Evaluate(ReadOnlySpan<float> ws, CancellationToken cancellationToken)
    {
        using OrtValue code = OrtValue.CreateTensorValueFromMemory(ws.ToArray(), _wsShape);
        using OrtValue target = OrtValue.CreateTensorValueFromMemory(_target, [1]);
        Dictionary<string, OrtValue> inputs = new() { [GraphNames.Ws] = code, [GraphNames.Target] = target };
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(inputs, s_outputs, cancellationToken);
        return new(
            outputs[0].GetTensorDataAsSpan<float>()[0],
            outputs[1].GetTensorDataAsSpan<float>()[0],
            outputs[2].GetTensorDataAsSpan<float>().ToArray(),
            outputs[3].GetTensorDataAsSpan<float>().ToArray());
    }

    /// <inheritdoc/>
    public Verdict Judge(Evaluation evaluation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        // A picture with a value that is no number cannot be saved, whatever the networks say of it.
        if (evaluation.Image.Span.Contains(float.NaN)) return new(double.NaN, IsTarget: false);
        float[] probabilities = _classifier.Classify(_asSaved is null ? evaluation.Image : _asSaved(evaluation.Image), cancellationToken);
        int target = (int)_target[0];
        return new(probabilities[target], ImageClassifier.IsIn(probabilities, target, _classifier.HasLabels));
    }
}
