namespace Cfgen.Autodiff.Rules;

/// <summary>y = x: dx = dy.</summary>
static class IdentityGradient
{
    public static string?[] Rule(GradientContext n) => [n.OutputGradient];
}
