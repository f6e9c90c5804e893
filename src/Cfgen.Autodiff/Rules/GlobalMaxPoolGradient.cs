using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = max of x over all spatial axes: dx = dy at the largest element, shared equally where several are largest.</summary>
static class GlobalMaxPoolGradient
{
    public static string?[] Rule(GradientContext n) =>
        [ExtremeElement.Gradient(n, [.. Enumerable.Range(2, n.Shape(0).Count - 2).Select(a => (long)a)], n.Output, n.OutputGradient)];
}
