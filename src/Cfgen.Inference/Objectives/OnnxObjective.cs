using Cfgen.Counterfactuals;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Images;
using Cfgen.Inference.Runtime;
using Cfgen.Inference.Views;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Objectives;

/// <summary>
/// The search's door to the networks: one run of the gradient graph gives score, probability, gradient and image, one of the classifier the
/// verdict on the image as it is saved.
/// </summary>
public sealed class OnnxObjective : IObjective
{
    static readonly string[] s_always = [GraphNames.Score, GraphNames.Probability, GraphNames.Gradient, GraphNames.Image];

    readonly ModelSession _session;
    readonly string[] _outputs;
    readonly long[] _wsShape;
    readonly long[] _target;
    readonly ImageClassifier _classifier;
    readonly ViewSet _views;
    readonly Func<ReadOnlyMemory<float>, ReadOnlyMemory<float>>? _asSaved;

    internal OnnxObjective(
        ModelSession session, GraphFacts facts, int targetClass, ImageClassifier classifier, ViewSet views,
        Func<ReadOnlyMemory<float>, ReadOnlyMemory<float>>? asSaved)
    {
        (_session, _wsShape, _target) = (session, [1, facts.NumWs, facts.WDim], [targetClass]);
        (_classifier, _views, _asSaved) = (classifier, views, asSaved);
        // A gradient graph made elsewhere may have neither.
        string[] further = [GraphNames.Views, GraphNames.Logits];
        _outputs = [.. s_always, .. further.Where(session.Outputs.ContainsKey)];
    }

    /// <inheritdoc/>
    public Evaluation Evaluate(ReadOnlySpan<float> ws, CancellationToken cancellationToken)
    {
        using OrtValue code = OrtValue.CreateTensorValueFromMemory(ws.ToArray(), _wsShape);
        using OrtValue target = OrtValue.CreateTensorValueFromMemory(_target, [1]);
        Dictionary<string, OrtValue> inputs = new() { [GraphNames.Ws] = code, [GraphNames.Target] = target };
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(inputs, _outputs, cancellationToken);
        (float score, float probability) = (Numbers(GraphNames.Score)![0], Numbers(GraphNames.Probability)![0]);
        return new(score, probability, Numbers(GraphNames.Gradient), Numbers(GraphNames.Image))
        {
            Views = Array.ConvertAll(Numbers(GraphNames.Views) ?? [probability], p => (double)p),
            Logits = Numbers(GraphNames.Logits),
        };

        float[]? Numbers(string name) =>
            Array.IndexOf(_outputs, name) is >= 0 and int i ? outputs[i].GetTensorDataAsSpan<float>().ToArray() : null;
    }

    /// <inheritdoc/>
    public Verdict Classify(Evaluation evaluation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        // A picture with a value that is no number cannot be saved, whatever the networks say of it.
        if (evaluation.Image.Span.Contains(float.NaN)) return new(double.NaN, IsTarget: false);
        float[][] probabilities = _classifier.Classify(Saved(evaluation), _views, cancellationToken);
        int target = (int)_target[0];
        return new(probabilities[0][target], ImageClassifier.IsIn(probabilities[0], target, _classifier.HasLabels))
        {
            Views = Array.ConvertAll(probabilities, p => (double)p[target]),
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> ClassifyElsewhere(Evaluation evaluation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ViewSet elsewhere = _views.Elsewhere;
        if (elsewhere.Count == 1) return [];
        float[][] probabilities = _classifier.Classify(Saved(evaluation), elsewhere, cancellationToken);
        return Array.ConvertAll(probabilities, p => (double)p[_target[0]]);
    }

    ReadOnlyMemory<float> Saved(Evaluation evaluation) => _asSaved is null ? evaluation.Image : _asSaved(evaluation.Image);
}
