using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// y = the k largest (or smallest) elements along an axis: dx = dy at their places, 0 elsewhere. The places are the node's second output.
/// </summary>
static class TopKGradient
{
    public static string?[] Rule(GradientContext n) =>
        [Scattering.Along(n, n.RequireOutput(1), n.OutputGradient, n.Axis(absent: -1, n.Shape(0).Count))];
}
