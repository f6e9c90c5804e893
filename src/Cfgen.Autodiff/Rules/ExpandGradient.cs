namespace Cfgen.Autodiff.Rules;

/// <summary>y = x repeated: dx = dy, summed over the repetitions by the loop.</summary>
static class ExpandGradient
{
    public static string?[] Rule(GradientContext n) => [n.OutputGradient];
}
