namespace Cfgen.Autodiff.Rules;

/// <summary>y_i = parts of x along an axis: dx = the parts' gradients side by side, zeros where a part is not used.</summary>
static class SplitGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string[] parts = [.. n.Node.Output.Select((y, i) => n.OutputGradientOf(i) ?? n.ZerosOf(y))];
        return [n.Ops.Concat(parts, n.Axis(absent: 0, n.Shape(0).Count))];
    }
}
