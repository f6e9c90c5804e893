using Cfgen.Counterfactuals;
using Cfgen.Inference.Graphs;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference;

/// <summary>The search's door to the networks: one run of the gradient graph gives score, probability, gradient and image.</summary>
public sealed class OnnxObjective : IObjective
{
    static readonly string[] s_outputs = [GraphNames.Score, GraphNames.Probability, GraphNames.Gradient, GraphNames.Image];

    readonly ModelSession _session;
    readonly long[] _wsShape;
    readonly long[] _target;

    internal OnnxObjective(ModelSession session, GraphFacts facts, int targetClass) =>
        (_session, _wsShape, _target) = (session, [1, facts.NumWs, facts.WDim], [targetClass]);

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
}
