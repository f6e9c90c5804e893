using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests.Families;

/// <summary>
/// Writes a classifier node by node in the form that exporters give it: weights as initializers, every other number as a
/// Constant node, lengths taken from values at run time. Nothing is shared or computed beforehand. Weights are seeded and
/// scaled by their fan-in, so that activations stay of order one.
/// </summary>
/// <param name="opset">Version of the standard operators.</param>
/// <param name="batch">Length of the batch axis; null leaves it free.</param>
/// <param name="image">The other lengths of the input.</param>
sealed class ExportedNetwork(int opset, long? batch, params long[] image)
{
    /// <summary>Name of the input.</summary>
    public const string Image = "image";

    /// <summary>Name of the output, [N, K].</summary>
    public const string Logits = "logits";

    readonly Random _random = new(17);
    int _next;

    /// <summary>The model so far.</summary>
    public ModelProto Model { get; } = Begin(opset, batch, image);

    /// <summary>Version of the standard operators.</summary>
    public int Opset => opset;

    /// <summary>A node of one output.</summary>
    public string Node(string opType, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeProto> attributes) =>
        Nodes(opType, 1, inputs, attributes)[0];

    /// <summary>A node of several outputs.</summary>
    public string[] Nodes(string opType, int outputs, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        NodeProto node = new() { OpType = opType, Name = $"/{opType}_{_next++}" };
        node.Input.AddRange(inputs.ToArray());
        node.Attribute.AddRange(attributes.ToArray());
        for (int i = 0; i < outputs; i++) node.Output.Add($"{node.Name}_output_{i}");
        Model.Graph.Node.Add(node);
        return [.. node.Output];
    }

    /// <summary>Adds a function to the model, once.</summary>
    public void Declare(FunctionProto function)
    {
        if (!Model.Functions.Any(f => f.Name == function.Name)) Model.Functions.Add(function);
        if (!Model.OpsetImport.Any(o => o.Domain == function.Domain))
            Model.OpsetImport.Add(new OperatorSetIdProto { Domain = function.Domain, Version = 1 });
    }

    /// <summary>The call of a function of the model's own.</summary>
    public string Call(FunctionProto function, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        Declare(function);
        string y = Node(function.Name, inputs, attributes);
        Model.Graph.Node[^1].Domain = function.Domain;
        return y;
    }

    /// <summary>A weight drawn evenly from mean - spread to mean + spread.</summary>
    public string WeightAround(double mean, double spread, params long[] shape)
    {
        TensorProto tensor = Tensor.Draw(DataType.Float, shape, _random, mean - spread, mean + spread).ToProto($"weight.{_next++}");
        Model.Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>A weight whose products with <paramref name="fanIn"/> numbers of order one are of order one.</summary>
    public string Weight(long fanIn, params long[] shape) => WeightAround(0, Math.Sqrt(3.0 / fanIn), shape);

    /// <summary>A vector of integers in a Constant node.</summary>
    public string Longs(params ReadOnlySpan<long> values) => Constant(values.ToTensor(values.Length));

    /// <summary>An integer in a Constant node.</summary>
    public string Long(long value) => Constant(((ReadOnlySpan<long>)[value]).ToTensor());

    /// <summary>A real number in a Constant node.</summary>
    public string Real(double value) => Constant(((ReadOnlySpan<double>)[value]).ToTensor(DataType.Float));

    /// <summary>Any constant in a Constant node.</summary>
    public string Constant(TensorProto value) =>
        Node("Constant", [], new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = value });

    /// <summary>x · Wᵀ + b over the last axis, as a linear layer of a value of three or more axes is exported.</summary>
    public string Linear(string x, long from, long to, bool bias = true)
    {
        string product = Node("MatMul", [x, Weight(from, from, to)]);
        return bias ? Node("Add", [WeightAround(0, 0.2, to), product]) : product;
    }

    /// <summary>x · Wᵀ + b of a matrix.</summary>
    public string Gemm(string x, long from, long to) =>
        Node("Gemm", [x, Weight(from, to, from), WeightAround(0, 0.2, to)], Float("alpha", 1), Float("beta", 1), Int("transB", 1));

    /// <summary>A convolution with a bias, as one with a folded batch normalisation.</summary>
    public string Conv(string x, long from, long to, long[] kernel, long stride = 1, long group = 1, long[]? pads = null)
    {
        pads ??= [.. kernel.Concat(kernel).Select(k => k / 2)];
        string weight = Weight(from / group * kernel[0] * kernel[1], to, from / group, kernel[0], kernel[1]);
        return Node(
            "Conv", [x, weight, WeightAround(0, 0.2, to)], Ints("dilations", 1, 1), Int("group", group), Ints("kernel_shape", kernel),
            Ints("pads", pads), Ints("strides", stride, stride));
    }

    /// <summary>A batch normalisation that was not folded into what is before it.</summary>
    public string BatchNorm(string x, long channels) =>
        Node("BatchNormalization", [
            x, WeightAround(1, 0.3, channels), WeightAround(0, 0.2, channels), WeightAround(0, 0.2, channels),
            WeightAround(1, 0.3, channels)
        ], Float("epsilon", 1e-5f), Float("momentum", 0.9f));

    /// <summary>Ends the model with these logits, [N, K].</summary>
    public ModelProto End(string logits)
    {
        Model.Graph.Node.Add(new NodeProto { OpType = "Identity", Name = "/output", Input = { logits }, Output = { Logits } });
        Model.Graph.Output.Add(
            new ValueInfoProto { Name = Logits, Type = new() { TensorType = new() { ElemType = (int)DataType.Float } } });
        return Model;
    }

    static ModelProto Begin(int opset, long? batch, long[] image)
    {
        ModelProto model = Models.Empty(opset);
        Dimension[] rest = [.. image.Select(d => (Dimension)d)];
        model.Graph.Input.Add(GradientGraph.Describe(Image, new(DataType.Float, [batch is { } n ? (Dimension)n : Models.Batch, .. rest])));
        return model;
    }
}
