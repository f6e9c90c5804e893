using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;

namespace Cfgen.Autodiff.Tests.Families;

/// <summary>
/// Parts of networks in the words of the exporter that writes the network's opset: up to 17 the one that traces (TorchScript),
/// from 18 on the one built on torch.export, whose first versions (18) call functions of the model's own.
/// </summary>
static class ExportedForms
{
    /// <summary>x.shape[axis], a scalar.</summary>
    public static string Length(this ExportedNetwork n, string x, long axis) => n.Opset < 18
        ? n.Node("Gather", [n.Node("Shape", [x]), n.Long(axis)], Int("axis", 0))
        : n.Node("Squeeze", [n.Node("Shape", [x], Int("start", axis), Int("end", axis + 1))]);

    /// <summary>x.view(dims) or x.reshape(dims), each length a scalar computed before.</summary>
    public static string View(this ExportedNetwork n, string x, params string[] lengths) =>
        n.Node("Reshape", [x, n.Node("Concat", [.. lengths.Select(d => n.Unsqueeze(d, 0))], Int("axis", 0))],
            n.Opset < 18 ? [] : [Int("allowzero", 1)]);

    public static string Unsqueeze(this ExportedNetwork n, string x, params long[] axes) =>
        n.Opset < 13 ? n.Node("Unsqueeze", [x], Ints("axes", axes)) : n.Node("Unsqueeze", [x, n.Longs(axes)]);

    public static string Transpose(this ExportedNetwork n, string x, params long[] perm) => n.Node("Transpose", [x], Ints("perm", perm));

    /// <summary>x[..., starts:ends, ...] along one axis.</summary>
    public static string Slice(this ExportedNetwork n, string x, long axis, long start, long end, long step = 1) =>
        n.Node("Slice", [x, n.Longs(start), n.Longs(end), n.Longs(axis), n.Longs(step)]);

    /// <summary>The mean along axes, which became an input in opset 18.</summary>
    public static string Mean(this ExportedNetwork n, string x, bool keep, params long[] axes) => n.Opset switch
    {
        < 18 => n.Node("ReduceMean", [x], Ints("axes", axes), Int("keepdims", keep ? 1 : 0)),
        18 => DynamoFunctions.Mean(n, x, keep, axes),
        _ => n.Node("ReduceMean", [x, n.Longs(axes)], Int("keepdims", keep ? 1 : 0), Int("noop_with_empty_axes", 0)),
    };

    /// <summary>
    /// Parts of x along an axis: their lengths an attribute up to opset 12, then an input, and only their number where they are equal from
    /// opset 18 on.
    /// </summary>
    public static string[] Split(this ExportedNetwork n, string x, long axis, params long[] lengths)
    {
        if (n.Opset < 13) return n.Nodes("Split", lengths.Length, [x], Int("axis", axis), Ints("split", lengths));
        if (n.Opset < 18 || lengths.Distinct().Count() > 1)
            return n.Nodes("Split", lengths.Length, [x, n.Longs(lengths)], Int("axis", axis));
        return n.Nodes("Split", lengths.Length, [x], Int("axis", axis), Int("num_outputs", lengths.Length));
    }

    /// <summary>x · sigmoid(x).</summary>
    public static string Silu(this ExportedNetwork n, string x) =>
        n.Opset == 18 ? n.Call(DynamoFunctions.Silu, [x]) : n.Node("Mul", [x, n.Node("Sigmoid", [x])]);

    /// <summary>x (1 + erf(x / √2)) / 2: an operator from opset 20 on.</summary>
    public static string Gelu(this ExportedNetwork n, string x)
    {
        if (n.Opset >= 20) return n.Node("Gelu", [x], Text("approximate", "none"));
        if (n.Opset >= 18) return n.Call(DynamoFunctions.Gelu, [x]);
        string erf = n.Node("Erf", [n.Node("Div", [x, n.Real(Math.Sqrt(2))])]);
        return n.Node("Mul", [n.Node("Mul", [x, n.Node("Add", [erf, n.Real(1)])]), n.Real(0.5)]);
    }

    /// <summary>x · relu6(x + 3) / 6: an operator from opset 14 on.</summary>
    public static string HardSwish(this ExportedNetwork n, string x)
    {
        if (n.Opset >= 14) return n.Node("HardSwish", [x]);
        string six = n.Node("Clip", [n.Node("Add", [x, n.Real(3)]), n.Real(0), n.Real(6)]);
        return n.Node("Div", [n.Node("Mul", [x, six]), n.Real(6)]);
    }

    /// <summary>A layer normalisation over the last axis, written out up to opset 16.</summary>
    public static string LayerNorm(this ExportedNetwork n, string x, long length)
    {
        string scale = n.WeightAround(1, 0.3, length), shift = n.WeightAround(0, 0.2, length);
        if (n.Opset >= 17) return n.Node("LayerNormalization", [x, scale, shift], Int("axis", -1), Float("epsilon", 1e-5f));
        string centred = n.Node("Sub", [x, n.Mean(x, true, -1)]);
        string variance = n.Mean(n.Node("Pow", [centred, n.Real(2)]), true, -1);
        string normal = n.Node("Div", [centred, n.Node("Sqrt", [n.Node("Add", [variance, n.Real(1e-5)])])]);
        return n.Node("Add", [n.Node("Mul", [normal, scale]), shift]);
    }

    /// <summary>x / max(|x|, 1e-12) along the last axis.</summary>
    public static string Normalize(this ExportedNetwork n, string x)
    {
        string norm = n.Opset < 18
            ? n.Node("ReduceL2", [x], Ints("axes", -1), Int("keepdims", 1))
            : n.Node("ReduceL2", [x, n.Longs(-1)], Int("keepdims", 1));
        string limited = n.Node("Clip", [norm, n.Real(1e-12)]);
        return n.Node("Div", [x, n.Node("Expand", [limited, n.Node("Shape", [x])])]);
    }

    /// <summary>torch.roll along one axis: the part that falls off the end comes first.</summary>
    public static string Roll(this ExportedNetwork n, string x, long axis, long shift) =>
        n.Node("Concat", [n.Slice(x, axis, -shift, long.MaxValue), n.Slice(x, axis, 0, -shift)], Int("axis", axis));

    /// <summary>Two linear layers with a GELU between.</summary>
    public static string Mlp(this ExportedNetwork n, string x, long length, long hidden) =>
        n.Linear(n.Gelu(n.Linear(x, length, hidden)), hidden, length);

    /// <summary>x.squeeze(axis) of a value whose length the exporter does not know: a branch that looks.</summary>
    public static string SqueezeIfOne(this ExportedNetwork n, string x, long axis)
    {
        string one = n.Node("Equal", [n.Node("Gather", [n.Node("Shape", [x]), n.Longs(axis)], Int("axis", 0)), n.Longs(1)]);
        GraphProto Branch(string name, NodeProto node)
        {
            node.Input.Insert(0, x);
            node.Output.Add($"{one}_{name}");
            return new() { Name = name, Node = { node }, Output = { new ValueInfoProto { Name = node.Output[0] } } };
        }
        NodeProto squeeze = new() { OpType = "Squeeze", Name = $"{one}_squeeze" };
        if (n.Opset < 13) squeeze.Attribute.Add(Ints("axes", axis)); else squeeze.Input.Add(n.Longs(axis));
        return n.Node(
            "If", [one], Body("then_branch", Branch("then", squeeze)),
            Body("else_branch", Branch("else", new() { OpType = "Identity", Name = $"{one}_identity" })));
    }

    static AttributeProto Body(string name, GraphProto graph) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Graph, G = graph };
}
