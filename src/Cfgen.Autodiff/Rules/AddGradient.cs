namespace Cfgen.Autodiff.Rules;

/// <summary>y = a + b: da = dy, db = dy.</summary>
static class AddGradient
{
    public static string?[] Rule(GradientContext n) => [n.OutputGradient, n.OutputGradient];
}
