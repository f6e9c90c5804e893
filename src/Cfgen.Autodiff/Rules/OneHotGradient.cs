using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = off + (on - off) h, h 1 at the index and 0 elsewhere: d[off, on] = [Σ dy (1 - h), Σ dy h].</summary>
static class OneHotGradient
{
    public static string?[] Rule(GradientContext n)
    {
        AttributeProto[] attributes = [.. n.Node.Attribute];
        string hot = n.Ops.Emit("OneHot", [n.Input(0), n.Input(1), n.Ops.Real([0, 1], 2)], attributes);
        string on = Total(n, n.Ops.Mul(n.OutputGradient, hot));
        return [null, null, n.Ops.Concat([n.Ops.Sub(Total(n, n.OutputGradient), on), on], axis: 0)];
    }

    static string Total(GradientContext n, string value) => n.Ops.ReduceSum(n.Ops.Reshape(value, n.Ops.Longs(-1)), [0]);
}
