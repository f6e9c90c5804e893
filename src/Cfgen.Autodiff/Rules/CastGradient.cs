namespace Cfgen.Autodiff.Rules;

/// <summary>y = x in another type: dx = dy in the type of x; through integers nothing flows.</summary>
static class CastGradient
{
    public static string?[] Rule(GradientContext n) => [n.IsReal(n.Output) ? n.Ops.Cast(n.OutputGradient, n.ElementType(0)) : null];
}
