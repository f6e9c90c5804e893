using Cfgen.Inference.Preparation;
using Cfgen.OnnxFormat;
using Google.Protobuf;
using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Tests;

/// <summary>
/// A node that is written as standard operators gives what the runtime's own kernel gives, and has the gradient that central differences
/// show.
/// </summary>
public sealed class DecompositionTests
{
    const int Batch = DecompositionCheck.Batch;
    const string Microsoft = "com.microsoft";

    static AttributeProto Long(string name, long value) => new() { Name = name, Type = AttributeType.Int, I = value };

    static AttributeProto Longs(string name, params long[] values) => new() { Name = name, Type = AttributeType.Ints, Ints = { values } };

    static AttributeProto Real(string name, float value) => new() { Name = name, Type = AttributeType.Float, F = value };

    static AttributeProto Reals(string name, params float[] values) =>
        new() { Name = name, Type = AttributeType.Floats, Floats = { values } };

    static AttributeProto Word(string name, string value) =>
        new() { Name = name, Type = AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    /// <summary>
    /// One node that reads every port in turn; a port without a name is an input left out. A first axis of -1 is the batch.
    /// </summary>
    static ModelProto One(string domain, string opType, int opset, TinyPort[] ports, params AttributeProto[] attributes)
    {
        ModelProto model = new() { IrVersion = 10, Graph = new() { Name = "one" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = opset });
        if (domain.Length > 0) model.OpsetImport.Add(new OperatorSetIdProto { Domain = domain, Version = 1 });
        model.Graph.Input.AddRange(ports.Where(p => p.Name.Length > 0).Select(p => p.Declare()));
        model.Graph.Node.Add(new NodeProto
        {
            Domain = domain,
            OpType = opType,
            Name = "node",
            Input = { ports.Select(p => p.Name) },
            Output = { "y" },
            Attribute = { attributes },
        });
        model.Graph.Output.Add(new ValueInfoProto { Name = "y", Type = new() { TensorType = new() { ElemType = (int)DataType.Float } } });
        return model;
    }

    /// <summary>Makes an input a constant.</summary>
    static ModelProto With(ModelProto model, string input, TensorProto constant)
    {
        constant.Name = input;
        model.Graph.Input.Remove(model.Graph.Input.Single(i => i.Name == input));
        model.Graph.Initializer.Add(constant);
        return model;
    }

    static void Check(ModelProto model, Func<float[], float[]>? formula = null) =>
        DecompositionCheck.Run(model, formula is null ? null : numbers => formula(numbers[model.Graph.Input[0].Name].Values));

    [Theory]
    [InlineData("Gelu", false)]
    [InlineData("FastGelu", false)]
    [InlineData("FastGelu", true)]
    [InlineData("BiasGelu", true)]
    [InlineData("QuickGelu", false)]
    public void Fused_rectifiers(string opType, bool bias) =>
        Check(One(Microsoft, opType, 18, [new("x", [-1, 3, 4]), .. bias ? [new TinyPort("bias", [4])] : Array.Empty<TinyPort>()]));

    [Fact]
    public void Quick_Gelu_of_another_slope() => Check(One(Microsoft, "QuickGelu", 18, [new("x", [-1, 5])], Real("alpha", 0.7f)));

    [Theory]
    [InlineData(1f)]
    [InlineData(2.5f)]
    public void Swish(float alpha) =>
        Check(One("", "Swish", 24, [new("x", [-1, 5])], Real("alpha", alpha)),
            x => [.. x.Select(v => (float)(v / (1 + Math.Exp(-alpha * v))))]);

    [Theory]
    [InlineData("Relu", false)]
    [InlineData("Relu", true)]
    [InlineData("Tanh", true)]
    [InlineData("Sigmoid", false)]
    [InlineData("LeakyRelu", false, 0.2f)]
    [InlineData("Clip", false, -0.3f, 0.4f)]
    [InlineData("HardSigmoid", false, 0.3f, 0.4f)]
    public void A_fused_convolution(string activation, bool addend, params float[] parameters)
    {
        TinyPort[] ports = [
            new("x", [-1, 2, 4, 4]), new("w", [3, 2, 3, 3]), new("b", [3]),
            .. addend ? [new TinyPort("z", [-1, 3, 4, 4])] : Array.Empty<TinyPort>()
        ];
        AttributeProto[] attributes = [
            Word("activation", activation), Longs("pads", 1, 1, 1, 1),
            .. parameters.Length > 0 ? [Reals("activation_params", parameters)] : Array.Empty<AttributeProto>()
        ];
        Check(One(Microsoft, "FusedConv", 18, ports, attributes));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void A_fused_product_of_matrices(bool first, bool second) =>
        Check(One(Microsoft, "FusedMatMul", 18, [new("a", first ? [-1, 4, 3] : [-1, 3, 4]), new("b", second ? [-1, 5, 4] : [-1, 4, 5])],
            Long("transA", first ? 1 : 0), Long("transB", second ? 1 : 0), Real("alpha", 0.5f)));

    [Fact]
    public void A_product_over_the_batch_is_refused()
    {
        ModelProto model = One(Microsoft, "FusedMatMul", 18, [new("a", [3, 2, 4]), new("b", [2, 4, 5])], Long("transBatchA", 1));
        Assert.Equal(
            "use-unsupported", Assert.Throws<ModelFormatException>(() => ModelPreparation.Prepare(model, "model.onnx")).Problem.Code);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_sum_that_is_normalised(bool beta, bool bias)
    {
        TinyPort[] ports = [
            new("x", [-1, 3, 4]), new("skip", [-1, 3, 4]), new("gamma", [4]),
            .. beta ? [new TinyPort("beta", [4])] : Array.Empty<TinyPort>(), .. bias ? [new TinyPort("bias", [4])] : Array.Empty<TinyPort>()
        ];
        Check(One(Microsoft, "SkipLayerNormalization", 18, ports, Real("epsilon", 1e-5f)));
    }

    [Fact]
    public void The_sum_before_the_normalisation_is_an_output_too()
    {
        ModelProto model = One(
            Microsoft, "SkipLayerNormalization", 18,
            [new("x", [-1, 3, 4]), new("skip", [-1, 3, 4]), new("gamma", [4]), new("beta", [4]), new("bias", [4])]);
        model.Graph.Node[0].Output.Clear();
        model.Graph.Node[0].Output.AddRange(["unused", "", "", "y"]);
        // the sum does not depend on them
        foreach (string unread in new[] { "gamma", "beta" })
            With(model, unread, ((ReadOnlySpan<double>)TinyModels.Weights(5, 4)).ToTensor(DataType.Float, 4));
        Check(model);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(1, 2)]
    public void A_mean_and_variance_normalisation(long first, long second) =>
        Check(One("", "MeanVarianceNormalization", 18, [new("x", [-1, 3, 4, 5])], Longs("axes", first, second)));

    [Theory]
    [InlineData(true, false, 0)]
    [InlineData(true, true, 0)]
    [InlineData(false, false, 0)]
    [InlineData(false, true, 4)]
    [InlineData(true, false, 4)]
    public void A_rotary_embedding(bool flat, bool interleaved, long turned)
    {
        const long Heads = 3, Positions = 5, Size = 8;
        long half = (turned > 0 ? turned : Size) / 2;
        TinyPort x = new("x", flat ? [-1, Positions, Heads * Size] : [-1, Heads, Positions, Size]);
        AttributeProto[] attributes = [
            Long("interleaved", interleaved ? 1 : 0), Long("num_heads", Heads), Long("rotary_embedding_dim", turned)
        ];
        Check(One("", "RotaryEmbedding", 23, [x, new("cos", [-1, Positions, half]), new("sin", [-1, Positions, half])], attributes));
        ModelProto indexed =
            One("", "RotaryEmbedding", 23, [
                x with { Shape = [Batch, .. x.Shape[1..]] }, new("cos", [9, half]), new("sin", [9, half]),
                new("at", [Batch, Positions], DataType.Int64)
            ], attributes);
        Check(With(indexed, "at", ((ReadOnlySpan<long>)[0, 3, 8, 1, 2, 7, 6, 5, 0, 4]).ToTensor(Batch, Positions)));
    }

    [Theory]
    [InlineData(23, true, 2, false, 0, 0)]
    [InlineData(23, true, 4, true, 0, 0)]
    [InlineData(23, false, 4, false, 0.3f, 0)]
    [InlineData(23, false, 2, true, 0, 1.5f)]
    [InlineData(24, false, 2, true, 0, 0)]
    public void Attention(int opset, bool flat, long shared, bool causal, float scale, float cap)
    {
        const long Heads = 4, Queries = 3, Keys = 5, Size = 2, Width = 3;
        TinyPort Port(string name, long heads, long positions, long size) =>
            new(name, flat ? [-1, positions, heads * size] : [-1, heads, positions, size]);
        List<AttributeProto> attributes = [Long("is_causal", causal ? 1 : 0), Real("softcap", cap)];
        if (flat) attributes.AddRange([Long("q_num_heads", Heads), Long("kv_num_heads", shared)]);
        if (scale > 0) attributes.Add(Real("scale", scale));
        Check(One("", "Attention", opset, [Port("q", Heads, Queries, Size), Port("k", shared, Keys, Size), Port("v", shared, Keys, Width)],
            [.. attributes]));
    }

    [Fact]
    public void Attention_with_a_mask_that_is_added() =>
        Check(One("", "Attention", 23, [new("q", [-1, 2, 3, 4]), new("k", [-1, 2, 5, 4]), new("v", [-1, 2, 5, 4]), new("mask", [3, 5])],
            Real("softcap", 0.8f)));

    [Fact]
    public void Attention_with_a_mask_that_chooses()
    {
        ModelProto model = One(
            "", "Attention", 23,
            [new("q", [-1, 2, 3, 4]), new("k", [-1, 2, 5, 4]), new("v", [-1, 2, 5, 4]), new("mask", [3, 5], DataType.Bool)]);
        TensorProto mask = new()
        {
            DataType = (int)DataType.Bool,
            Dims = { 3, 5 },
            RawData = ByteString.CopyFrom(1, 0, 1, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1),
        };
        Check(With(model, "mask", mask));
    }

    [Fact]
    public void Attention_that_remembers_is_refused_by_name()
    {
        TinyPort[] ports = [
            new("q", [-1, 2, 3, 4]), new("k", [-1, 2, 3, 4]), new("v", [-1, 2, 3, 4]), new("", []), new("past", [-1, 2, 5, 4]),
            new("past_v", [-1, 2, 5, 4])
        ];
        ModelProto model = One("", "Attention", 23, ports);
        model.Graph.Node[0].Output.AddRange(["present_k", "present_v"]);
        Assert.Equal("past_key", Assert.Throws<ModelFormatException>(() => ModelPreparation.Prepare(model, "model.onnx")).Problem.Found);
    }

    [Theory]
    [InlineData("NegativeLogLikelihoodLoss", "mean", false, null)]
    [InlineData("NegativeLogLikelihoodLoss", "none", true, null)]
    [InlineData("NegativeLogLikelihoodLoss", "mean", true, -5L)]
    [InlineData("SoftmaxCrossEntropyLoss", "sum", false, 2L)]
    [InlineData("SoftmaxCrossEntropyLoss", "mean", true, 0L)]
    public void Losses(string opType, string reduction, bool weighted, long? ignored)
    {
        TinyPort[] ports = [
            new("x", [-1, 4, 3]), new("target", [Batch, 3], DataType.Int64),
            .. weighted ? [new TinyPort("weight", [4])] : Array.Empty<TinyPort>()
        ];
        AttributeProto[] attributes = [
            Word("reduction", reduction), .. ignored is { } index ? [Long("ignore_index", index)] : Array.Empty<AttributeProto>()
        ];
        Check(With(One("", opType, 18, ports, attributes), "target",
            ((ReadOnlySpan<long>)[0, 3, ignored ?? 1, 2, 2, 0]).ToTensor(Batch, 3)));
    }

    [Fact]
    public void A_cast_to_the_type_of_another_value() => Check(With(
        One("", "CastLike", 18, [new("x", [-1, 3]), new("like", [1])]), "like", ((ReadOnlySpan<double>)[1]).ToTensor(DataType.Float, 1)));
}
