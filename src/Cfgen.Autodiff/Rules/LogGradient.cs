namespace Cfgen.Autodiff.Rules;

/// <summary>y = log x: dx = dy / x.</summary>
static class LogGradient
{
    public static string?[] Rule(GradientContext n) => [n.Ops.Div(n.OutputGradient, n.Input(0))];
}
