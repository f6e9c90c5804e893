using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Tests;

public sealed class GeneratorContractTests
{
    const string Generator = "generator.onnx";

    static Problem RefusedBy(ModelProto generator) => ContractCheck.Of(new(generator), Generator);

    /// <summary>A generator whose input is declared otherwise.</summary>
    static ModelProto Declared(params long[] latent)
    {
        ModelProto model = TinyModels.Generator();
        model.Graph.Input[0] = new TinyPort("ws", latent).Declare();
        return model;
    }

    [Theory]
    [InlineData(new long[] { -1 }, "ws: float32 [N]")]
    [InlineData(new long[] { -1, 1, 2, 3 }, "ws: float32 [N, 1, 2, 3]")]
    [InlineData(new long[] { -1, -1, 3 }, "ws: float32 [N, ?, 3]")]
    [InlineData(new long[] { -1, 2, -1 }, "ws: float32 [N, 2, ?]")]
    [InlineData(new long[] { -1, -1 }, "ws: float32 [N, ?]")]
    [InlineData(new long[] { 8, 2, 3 }, "ws: float32 [8, 2, 3]")]
    public void Codes_of_another_form(long[] shape, string found)
    {
        Problem problem = RefusedBy(Declared(shape));
        Assert.Equal(("model-contract", found), (problem.Code, problem.Found));
        Assert.Contains("[N, num_ws, w_dim]", problem.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_of_no_declared_shape()
    {
        ModelProto model = TinyModels.Generator();
        model.Graph.Input[0].Type.TensorType.Shape = null;
        Assert.Equal("ws: float32 [?]", RefusedBy(model).Found);
    }

    [Fact]
    public void Codes_that_are_not_float32()
    {
        ModelProto model = TinyModels.Make([new("ws", [-1, 2, 3], DataType.Double)], new("picture", [-1, 1, 4, 5]),
            ops => TinyModels.Affine(ops, ops.Cast("ws", DataType.Float), 6, TinyModels.GeneratorSeed, -1, 1, 4, 5));
        Assert.Equal("ws: float64 [N, 2, 3]", RefusedBy(model).Found);
    }

    [Fact]
    public void Two_inputs()
    {
        ModelProto model = TinyModels.Make([new("ws", [-1, 2, 3]), new("noise", [-1, 1, 4, 5])], new("picture", [-1, 1, 4, 5]),
            ops => ops.Add(TinyModels.Affine(ops, "ws", 6, TinyModels.GeneratorSeed, -1, 1, 4, 5), "noise"));
        Problem problem = RefusedBy(model);
        Assert.Equal(("ws: float32 [N, 2, 3]; noise: float32 [N, 1, 4, 5]", "exactly one"), (problem.Found, problem.Expected));
        // A name chooses, but nothing would feed the other.
        Problem named = ContractCheck.Of(
            new(model, change: m => m with { Generator = new() { Synthesis = new() { File = Generator, Input = "ws" } } }), Generator);
        Assert.Equal("exactly one", named.Expected);
    }

    [Fact]
    public void A_name_that_no_input_has()
    {
        Problem problem = ContractCheck.Of(
            new(change: m => m with { Generator = new() { Synthesis = new() { File = Generator, Input = "latents" } } }), Generator);
        Assert.Equal(("ws: float32 [N, 2, 3]", "one named 'latents'"), (problem.Found, problem.Expected));
    }

    [Theory]
    [InlineData(3, 4, 5, "[N, 3, 4, 5]")]
    [InlineData(1, 5, 4, "[N, 1, 5, 4]")]
    [InlineData(1, 8, 8, "[N, 1, 8, 8]")]
    public void Pictures_of_another_size_than_the_manifest_says(int channels, int height, int width, string found)
    {
        Problem problem = RefusedBy(TinyModels.Generator(channels: channels, height: height, width: width));
        Assert.Contains(found, problem.Found, StringComparison.Ordinal);
        Assert.Equal("images [N, 1, 4, 5], as model.json says", problem.Expected);
    }

    [Fact]
    public void Pictures_whose_size_is_not_known_before_the_run()
    {
        ModelProto model = TinyModels.Make([new("ws", [-1, 2, 3])], new("picture", [-1, -1, -1, -1]), ops =>
        {
            string picture = TinyModels.Affine(ops, "ws", 6, TinyModels.GeneratorSeed, -1, 1, 4, 5);
            // [1], always 1
            string one =
                ops.Cast(ops.GreaterOrEqual(ops.ReduceMax(ops.Reshape("ws", ops.Longs(-1)), [0]), ops.Scalar(-100)), DataType.Int64);
            return ops.Reshape(picture, ops.Concat([ops.Longs(-1), one, ops.Longs(4, 5)], 0));
        });
        Assert.Contains("images [N, 1, 4, 5]", RefusedBy(model).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void The_named_output_is_taken_of_several()
    {
        ModelProto model = TinyModels.Generator();
        model.Graph.Node.Add(new NodeProto { OpType = "Neg", Name = "negative", Input = { "picture" }, Output = { "negative" } });
        model.Graph.Output.Insert(0, new TinyPort("negative", [-1, 1, 4, 5]).Declare());
        using TinyBundle first = new(model),
            named = new(model, change: m => m with { Generator = new() { Synthesis = new() { File = Generator, Output = "picture" } } });
        float[] ws = TinyModels.Numbers(1, 6);
        float[] negative = first.Evaluate(ws, 0).Image.ToArray(), picture = named.Evaluate(ws, 0).Image.ToArray();
        Assert.Equal(Array.ConvertAll(picture, x => -x), negative);
    }

    [Fact]
    public void One_code_without_layers_works()
    {
        using TinyBundle flat = new(TinyModels.Generator(numWs: 0)), layered = new(TinyModels.Generator(numWs: 1));
        Assert.Equal((1, 3, true), (flat.Build().Facts.NumWs, flat.Build().Facts.WDim, flat.Build().Facts.BatchIsFree));
        float[] w = TinyModels.Numbers(2, 3);
        (Counterfactuals.Evaluation a, Counterfactuals.Evaluation b) = (flat.Evaluate(w, 1), layered.Evaluate(w, 1));
        Assert.Equal(3, a.Gradient.Length);
        Assert.Equal(b.Gradient.ToArray(), a.Gradient.ToArray());
        Assert.Equal((b.Score, b.Probability), (a.Score, a.Probability));
    }
}
