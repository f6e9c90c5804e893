namespace Cfgen.Autodiff.Rules;

/// <summary>y = x where x &gt; 0, else alpha x: dx = dy where x &gt; 0, else alpha dy.</summary>
static class LeakyReluGradient
{
    public static string?[] Rule(GradientContext n) => [RectifierSlope.Apply(n, n.Float("alpha", absent: 0.01f))];
}
