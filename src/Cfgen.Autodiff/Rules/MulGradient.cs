namespace Cfgen.Autodiff.Rules;

/// <summary>y = a * b: da = dy * b, db = dy * a.</summary>
static class MulGradient
{
    public static string?[] Rule(GradientContext n) => [n.Needs(0) ? Times(n, 1) : null, n.Needs(1) ? Times(n, 0) : null];

    static string Times(GradientContext n, int other) => n.Ops.Mul(n.Shape(other).SequenceEqual(n.OutputShape) ? n.OutputGradientFactor : n.OutputGradient, n.Input(other));
}
