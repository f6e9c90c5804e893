namespace Cfgen.Autodiff.Rules;

/// <summary>
/// q = x / scale, rounded, with the scale taken from the range of x: dx = dq / scale; the scale itself counts as given. Nothing is limited,
/// as the range covers x.
/// </summary>
static class DynamicQuantizeLinearGradient
{
    public static string?[] Rule(GradientContext n) => [n.Ops.Div(n.OutputGradient, n.RequireOutput(1))];
}
