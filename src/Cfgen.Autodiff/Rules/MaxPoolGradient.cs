namespace Cfgen.Autodiff.Rules;

/// <summary>y = max of x over windows: dx = dy added at the position of each window's largest element.</summary>
/// <remarks>Where <see cref="MaxPoolByPosition"/> does not serve, the positions are the node's own second output, which is asked for here: the forward pass has found them anyway, and ties go where the runtime breaks them.</remarks>
static class MaxPoolGradient
{
    public static string?[] Rule(GradientContext n)
    {
        if (n.Int("storage_order", 0) != 0) throw n.Refuse("storage_order 1", "row major indices");
        if (MaxPoolByPosition.InputGradient(n) is { } dx) return [dx];
        if (n.Ops.Opset < 16) throw n.Refuse($"opset {n.Ops.Opset}", "opset 16, the first that can add at indices");
        // Indices count through the whole tensor, batch and channels included.
        string shape = n.Ops.Shape(n.Input(0));
        string zeros = n.Ops.Reshape(n.Ops.Expand(n.Ops.Scalar(0), shape), n.Ops.Longs(-1));
        string flat = n.Ops.Longs(-1);
        string summed = n.Ops.ScatterElementsAdd(zeros, n.Ops.Reshape(n.RequireOutput(1), flat), n.Ops.Reshape(n.OutputGradient, flat), axis: 0);
        return [n.Ops.Reshape(summed, shape)];
    }
}
