using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = inputs side by side along an axis: each gets its own part of dy.</summary>
static class ConcatGradient
{
    public static string?[] Rule(GradientContext n)
    {
        if (n.Node.Input.Count == 1) return [n.VanishesWithOutput ? n.VanishingWith(0, n.OutputGradient) : n.OutputGradient];
        int axis = n.Axis(absent: 0, n.OutputShape.Count);
        NodeProto? convolution = axis == 1 && BlockedLayout.Holds(n, n.Output) ? DividedConvolution(n) : null;
        string?[] gradients = new string?[n.Node.Input.Count];
        long start = 0;
        for (int i = 0; i < gradients.Length; i++)
        {
            long end = start + n.FixedLength(i, axis);
            if (n.Needs(i))
            {
                string part = convolution is null ? n.Ops.Slice(n.OutputGradient, [start], [end], [axis]) : Channels(n, convolution, start, end);
                gradients[i] = n.VanishesWithOutput ? n.VanishingWith(i, part) : part;
            }
            start = end;
        }
        return gradients;
    }

    /// <summary>The convolution that makes dy, where its output channels can be computed in parts: a slice would leave the blocked layout.</summary>
    static NodeProto? DividedConvolution(GradientContext n) =>
        n.Ops.Written(n.OutputGradient) is { OpType: "Conv", Input: [_, string weights] } node && node.Attribute.Single(a => a.Name == "group").I == 1 && n.Ops.Constant(weights) is not null ? node : null;

    static string Channels(GradientContext n, NodeProto convolution, long start, long end)
    {
        TensorProto weights = ConstantTransform.Rows(n.Ops.Constant(convolution.Input[1])!, start, end);
        return n.Ops.Emit("Conv", [convolution.Input[0], n.Ops.AddConstant(weights)], [.. convolution.Attribute]);
    }
}
