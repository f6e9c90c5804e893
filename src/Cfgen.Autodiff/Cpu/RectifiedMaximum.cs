using Cfgen.Autodiff.Rules;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// The largest of what rectifiers let through is 0 or has their slope of 1: the slope is taken of the maxima, of fewer elements than were
/// rectified, and the rectifiers before, whose output no one else reads, pass the gradient on as it is.
/// </summary>
sealed class RectifiedMaximum(DifferentiatedGraph graph) : CpuForm(graph)
{
    // Gradients that are 0 wherever their value is. The same numbers may be the gradient of another value too, of which this does not say
    // anything.
    readonly HashSet<(string Gradient, string Value)> _vanishing = [];

    /// <inheritdoc/>
    public override string? OfInput(GradientContext n, int i, Func<GradientContext, string?> next)
    {
        if (n.Node.OpType is not ("Relu" or "Concat" or "MaxPool")) return null;
        bool vanishes = n.OutputGradientOf(0) is { } dy && _vanishing.Contains((dy, n.Output));
        if (n.Node.OpType == "Relu") return vanishes ? n.OutputGradient : null;
        if (vanishes) return Vanishing(n, i, next(n));
        if (n.Node.OpType == "Concat" || !Ancestry.IsRectifiedAlone(n.Index, n.Input(0))) return null;
        return Vanishing(n, i, next(n.With(RectifierSlope.Rectified(n) ?? ReluGradient.Rectified(n))));
    }

    string? Vanishing(GradientContext n, int i, string? gradient)
    {
        if (gradient is not null) _vanishing.Add((gradient, n.Input(i)));
        return gradient;
    }
}
