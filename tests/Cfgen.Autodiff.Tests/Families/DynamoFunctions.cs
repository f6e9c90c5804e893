using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests.Families;

/// <summary>
/// Functions of a model's own in the style of the first exporters built on torch.export: they call one another, take attributes, and look
/// at ranks before they do anything.
/// </summary>
static class DynamoFunctions
{
    const string Domain = "pkg.onnxscript.torch_lib", Common = "pkg.onnxscript.torch_lib.common";

    /// <summary>x · sigmoid(x).</summary>
    public static FunctionProto Silu { get; } = Function(Domain, "aten_silu", ["self"], "result",
        Node("Sigmoid", ["self"], "tmp"),
        Node("Mul", ["self", "tmp"], "result"));

    /// <summary>x (1 + erf(x / √2)) / 2, with constants cast like x.</summary>
    public static FunctionProto Gelu { get; } = Function(Domain, "aten_gelu", ["self"], "result",
        Number("half", 0.5), Number("one", 1), Number("two", 2),
        Node("CastLike", ["half", "self"], "half_cast"), Node("CastLike", ["one", "self"], "one_cast"),
        Node("Sqrt", ["two"], "root"), Node("CastLike", ["root", "self"], "root_cast"),
        Node("Div", ["self", "root_cast"], "scaled"), Node("Erf", ["scaled"], "erf"),
        Node("Add", ["erf", "one_cast"], "sum"), Node("Mul", ["self", "sum"], "product"), Node("Mul", ["half_cast", "product"], "result"));

    /// <summary>How many axes a value has.</summary>
    static FunctionProto Rank { get; } =
        Function(Common, "Rank", ["input"], "return_val", Node("Shape", ["input"], "tmp"), Node("Size", ["tmp"], "return_val"));

    /// <summary>Whether a value has none.</summary>
    static FunctionProto IsScalar { get; } = Function(Common, "IsScalar", ["input"], "return_val",
        Call(Rank, ["input"], "tmp"),
        Node("Constant", [], "none", new AttributeProto { Name = "value_int", Type = AttributeType.Int, I = 0 }),
        Node("Equal", ["tmp", "none"], "return_val"));

    /// <summary>The mean along axes; of a number the number itself. Whether the axes stay is an attribute of the call.</summary>
    static FunctionProto MeanDim { get; } = WithAttribute("keepdim", Function(Domain, "aten_mean_dim", ["self", "dim"], "result",
        Call(IsScalar, ["self"], "scalar"),
        Node("If", ["scalar"], "result",
            Branch("then_branch", "result_0", Node("Identity", ["self"], "result_0")),
            Branch("else_branch", "result_2",
                Node("Constant", [], "flat", Ints("value_ints", -1)),
                Node("Reshape", ["dim", "flat"], "dims"),
                Node("ReduceMean", ["self", "dims"], "result_2",
                    new AttributeProto { Name = "keepdims", RefAttrName = "keepdim", Type = AttributeType.Int })))));

    /// <summary>Writes a call of <see cref="MeanDim"/> and the functions that it needs.</summary>
    public static string Mean(ExportedNetwork n, string x, bool keep, long[] axes)
    {
        n.Declare(Rank);
        n.Declare(IsScalar);
        return n.Call(MeanDim, [x, n.Longs(axes)], Int("keepdim", keep ? 1 : 0));
    }

    static FunctionProto Function(string domain, string name, string[] inputs, string output, params NodeProto[] nodes) => new()
    {
        Domain = domain,
        Name = name,
        Input = { inputs },
        Output = { output },
        Node = { nodes },
        OpsetImport = { new OperatorSetIdProto { Version = 18 }, new OperatorSetIdProto { Domain = Common, Version = 1 } },
    };

    static FunctionProto WithAttribute(string name, FunctionProto function)
    {
        function.Attribute.Add(name);
        return function;
    }

    static NodeProto Node(string opType, string[] inputs, string output, params AttributeProto[] attributes) =>
        new() { OpType = opType, Name = $"n_{output}", Input = { inputs }, Output = { output }, Attribute = { attributes } };

    static NodeProto Call(FunctionProto function, string[] inputs, string output)
    {
        NodeProto call = Node(function.Name, inputs, output);
        call.Domain = function.Domain;
        return call;
    }

    static NodeProto Number(string output, double value) =>
        Node("Constant", [], output, new AttributeProto
        {
            Name = "value",
            Type = AttributeType.Tensor,
            T = ((ReadOnlySpan<double>)[value]).ToTensor(DataType.Float),
        });

    static AttributeProto Branch(string name, string output, params NodeProto[] nodes) =>
        new()
        {
            Name = name,
            Type = AttributeType.Graph,
            G = new() { Name = name, Node = { nodes }, Output = { new ValueInfoProto { Name = output } } }
        };
}
