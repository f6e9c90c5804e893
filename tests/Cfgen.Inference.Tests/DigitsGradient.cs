using Cfgen.Inference.Graphs;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Tests;

/// <summary>The gradient graph of the bundled digits, built once.</summary>
public sealed class DigitsGradient : IDisposable
{
    public DigitsGradient()
    {
        (ModelProto gradient, _, Facts) = GraphBuilder.Build(Digits.Open(), new());
        Session = ModelSession.FromModel(gradient, "digits", new());
        Codes = Digits.Reference("ws");
    }

    public GraphFacts Facts { get; }

    public ModelSession Session { get; }

    /// <summary>[16, num_ws, w_dim].</summary>
    public float[] Codes { get; }

    public void Dispose() => Session.Dispose();
}
