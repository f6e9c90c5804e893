namespace Cfgen.Autodiff.Rules;

/// <summary>y = the elements of x in another shape (Reshape, Flatten, Squeeze, Unsqueeze): dx = dy in the shape of x.</summary>
static class ReshapeGradient
{
    public static string?[] Rule(GradientContext n) => [n.ReshapeLike(n.OutputGradient, 0)];
}
