using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = max of x over windows: dx = dy added at the position of each window's largest element.</summary>
/// <remarks>
/// The largest of what rectifiers let through is 0 or has their slope of 1: it is taken here, of fewer elements than were rectified. Where <see cref="MaxPoolByPosition"/> does not serve, the positions are the node's own second output, which is asked for here: the forward pass has found them anyway, and ties go where the runtime breaks them.
/// </remarks>
static class MaxPoolGradient
{
    public static string?[] Rule(GradientContext n)
    {
        bool isRectified = RectifierSlope.IsOnlyBefore(n, n.Input(0)) || n.VanishesWithOutput;
        string dy = isRectified && !n.VanishesWithOutput ? RectifierSlope.Apply(n, negativeSlope: 0) : n.OutputGradient;
        string dx = MaxPoolByPosition.InputGradient(n, dy) ?? AddAtIndices(n, dy);
        return [isRectified ? n.VanishingWith(0, dx) : dx];
    }

    static string AddAtIndices(GradientContext n, string dy)
    {
        if (n.Ops.Opset < 16) throw n.Refuse($"opset {n.Ops.Opset}", "opset 16, the first that can add at indices");
        // Indices count through the whole tensor, batch and channels included.
        string shape = n.Ops.Shape(n.Input(0));
        string zeros = n.Ops.Reshape(n.Ops.Expand(n.Ops.Scalar(0), shape), n.Ops.Longs(-1));
        string flat = n.Ops.Longs(-1);
        string summed = n.Ops.ScatterElements(zeros, n.Ops.Reshape(RowMajorIndices(n), flat), n.Ops.Reshape(dy, flat), axis: 0, "add");
        return n.Ops.Reshape(summed, shape);
    }

    /// <summary>In which order the node counts matters to nobody where its indices are not used.</summary>
    static string RowMajorIndices(GradientContext n)
    {
        if (n.Node.Find("storage_order") is { I: not 0 } order)
        {
            if (n.Node.Output.ElementAtOrDefault(1) is { Length: > 0 }) throw n.Refuse("storage_order 1 with its indices used", "row major indices");
            n.Node.Attribute.Remove(order);
        }
        return n.RequireOutput(1);
    }
}
