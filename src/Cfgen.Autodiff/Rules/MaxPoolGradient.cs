using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = max of x over windows: dx = dy added at the position of each window's largest element.</summary>
/// <remarks>
/// The positions are the node's own second output, which is asked for here: the forward pass has found them anyway, and ties go where
/// the runtime breaks them.
/// </remarks>
static class MaxPoolGradient
{
    public static string?[] Rule(GradientContext n)
    {
        if (n.Ops.Opset < 16) throw n.Refuse($"opset {n.Ops.Opset}", "opset 16, the first that can add at indices");
        // Indices count through the whole tensor, batch and channels included.
        string shape = n.Ops.Shape(n.Input(0));
        string zeros = n.Ops.Reshape(n.Ops.Expand(n.Ops.Scalar(0), shape), n.Ops.Longs(-1));
        string flat = n.Ops.Longs(-1);
        string indices = n.Ops.Reshape(RowMajorIndices(n), flat);
        string summed = n.Ops.ScatterElements(zeros, indices, n.Ops.Reshape(n.OutputGradient, flat), axis: 0, "add");
        return [n.Ops.Reshape(summed, shape)];
    }

    /// <summary>In which order the node counts matters to nobody where its indices are not used.</summary>
    static string RowMajorIndices(GradientContext n)
    {
        if (n.Node.Find("storage_order") is { I: not 0 } order)
        {
            if (n.Node.Output.ElementAtOrDefault(1) is { Length: > 0 })
                throw n.Refuse("storage_order 1 with its indices used", "row major indices");
            n.Node.Attribute.Remove(order);
        }
        return n.RequireOutput(1);
    }
}
