namespace Cfgen.Autodiff.Rules;

/// <summary>y = a + b + ...: each gets dy.</summary>
static class SumGradient
{
    public static string?[] Rule(GradientContext n) => [.. n.Node.Input.Select(_ => n.OutputGradient)];
}
