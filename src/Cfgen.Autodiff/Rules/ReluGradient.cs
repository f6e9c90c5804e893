namespace Cfgen.Autodiff.Rules;

/// <summary>y = max(x, 0): dx = dy where x &gt; 0, else 0.</summary>
static class ReluGradient
{
    public static string?[] Rule(GradientContext n) => [n.VanishesWithOutput ? n.OutputGradient : RectifierSlope.Apply(n, negativeSlope: 0)];
}
