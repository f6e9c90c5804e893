namespace Cfgen.Autodiff.Rules;

/// <summary>y = inputs side by side along an axis: each gets its own part of dy.</summary>
static class ConcatGradient
{
    public static string?[] Rule(GradientContext n)
    {
        if (n.Node.Input.Count == 1) return [n.OutputGradient];
        int axis = n.Axis(absent: 0, n.OutputShape.Count);
        string?[] gradients = new string?[n.Node.Input.Count];
        long start = 0;
        for (int i = 0; i < gradients.Length; i++)
        {
            long end = start + n.FixedLength(i, axis);
            if (n.Needs(i)) gradients[i] = n.Ops.Slice(n.OutputGradient, [start], [end], [axis]);
            start = end;
        }
        return gradients;
    }
}
