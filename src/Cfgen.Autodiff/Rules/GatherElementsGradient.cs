using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = x at an index of its own for every element, along an axis: dx = dy added there.</summary>
static class GatherElementsGradient
{
    public static string?[] Rule(GradientContext n) =>
        [Scattering.Along(n, n.Input(1), n.OutputGradient, n.Axis(absent: 0, n.Shape(0).Count))];
}
