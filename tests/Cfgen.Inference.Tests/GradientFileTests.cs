using Cfgen.Autodiff;
using Cfgen.Inference.Gradients;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Tests;

/// <summary>A gradient file of scores [N, 2] = (a * b, a + 3 b), with a and b [N, 1].</summary>
public sealed class GradientFileTests
{
    static readonly float[] s_a = [2, 5, 7], s_b = [3, -1, 4];

    static ModelProto Model()
    {
        ModelProto model =
            TinyModels.Make([new("a", [-1, 1]), new("count", [-1, 1], DataType.Int64), new("b", [-1, 1])], new("scores", [-1, 2]),
            ops => ops.Concat([ops.Mul("a", "b"), ops.Add("a", ops.Mul("b", ops.Scalar(3)))], 1));
        GraphWriter more = new(model, "more/");
        more.Rename(more.Cast("a", DataType.Int64), "rounded");
        more.Rename(more.Neg("a"), "negative");
        model.Graph.Output.Insert(0, new TinyPort("rounded", [-1, 1], DataType.Int64).Declare());
        model.Graph.Output.Add(new TinyPort("negative", [-1, 1]).Declare());
        return model;
    }

    static ModelProto Build(GradientSettings? settings = null) => GradientFile.Build(Model(), "model.onnx", settings ?? new());

    static float[][] Run(ModelProto model, int rows, string[] outputs, params (string Name, OrtValue Value)[] more)
    {
        using ModelSession session = ModelSession.FromModel(model, "gradient", new() { Threads = 1 });
        Dictionary<string, OrtValue> feeds = more.ToDictionary(m => m.Name, m => m.Value);
        feeds["a"] = OrtValue.CreateTensorValueFromMemory(s_a[..rows], [rows, 1]);
        feeds["b"] = OrtValue.CreateTensorValueFromMemory(s_b[..rows], [rows, 1]);
        feeds["count"] = OrtValue.CreateTensorValueFromMemory(new long[rows], [rows, 1]);
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(feeds, outputs, TestContext.Current.CancellationToken);
            return [.. results.Select(r => r.GetTensorDataAsSpan<float>().ToArray())];
        }
        finally
        {
            foreach (OrtValue feed in feeds.Values) feed.Dispose();
        }
    }

    [Fact]
    public void By_default_the_first_real_output_is_differentiated_by_every_real_input()
    {
        ModelProto gradient = Build();
        Assert.Equal(["a", "count", "b", "scores_cotangent"], gradient.Graph.Input.Select(i => i.Name));
        Assert.Equal(["rounded", "scores", "negative", "a_gradient", "b_gradient"], gradient.Graph.Output.Select(o => o.Name));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_cotangent_gives_its_product_with_the_Jacobian_in_every_row(int rows)
    {
        float[] cotangent = [1, 2, -1, 0.5f, 0, 4];
        float[][] results = Run(
            Build(), rows, ["scores", "a_gradient", "b_gradient"],
            ("scores_cotangent", OrtValue.CreateTensorValueFromMemory(cotangent[..(2 * rows)], [rows, 2])));
        for (int n = 0; n < rows; n++)
        {
            (float first, float second) = (cotangent[2 * n], cotangent[2 * n + 1]);
            Assert.Equal([s_a[n] * s_b[n], s_a[n] + 3 * s_b[n]], results[0][(2 * n)..(2 * n + 2)]);
            Assert.Equal(first * s_b[n] + second, results[1][n]);
            Assert.Equal(first * s_a[n] + second * 3, results[2][n]);
        }
    }

    [Fact]
    public void The_batch_stays_free()
    {
        ModelProto gradient = Build();
        foreach (ModelPort port in ModelPort.Inputs(gradient).Concat(ModelPort.Outputs(gradient)))
        {
            Assert.Null(port.Shape![0]);
            Assert.NotNull(port.Shape[1]);
        }
    }

    [Fact]
    public void The_sum_needs_no_further_input()
    {
        ModelProto gradient = Build(new() { Seed = GradientSeed.Sum, WithRespectTo = ["b", "b"] });
        Assert.Equal(["a", "count", "b"], gradient.Graph.Input.Select(i => i.Name));
        Assert.Equal(["b_gradient"], gradient.Graph.Output.Select(o => o.Name).Except(Model().Graph.Output.Select(o => o.Name)));
        Assert.Equal([5, 8, 10], Run(gradient, 3, ["b_gradient"])[0]);
    }

    [Fact]
    public void An_index_chooses_a_column_in_each_row()
    {
        ModelProto gradient = Build(new() { Seed = GradientSeed.Index });
        Assert.Equal("scores_index: int64 [N]", ModelPort.Inputs(gradient)[^1].ToString());
        float[][] results = Run(
            gradient, 3, ["scores_selected", "a_gradient", "b_gradient"],
            ("scores_index", OrtValue.CreateTensorValueFromMemory(new long[] { 0, 1, 0 }, [3])));
        Assert.Equal([6, 2, 28], results[0]);
        Assert.Equal([3, 1, 4], results[1]);
        Assert.Equal([2, 3, 7], results[2]);
    }

    [Fact]
    public void Output_and_inputs_can_be_named()
    {
        ModelProto gradient = Build(new() { Output = "negative", WithRespectTo = ["a"] });
        Assert.Equal(
            [-2],
            Run(gradient, 1, ["a_gradient"], ("negative_cotangent", OrtValue.CreateTensorValueFromMemory(new float[] { 2 }, [1, 1])))[0]);
    }

    [Fact]
    public void An_index_needs_columns()
    {
        ModelProto model = TinyModels.Make([new("a", [-1, 1, 2])], new("scores", [-1, 1, 2]), ops => ops.Neg("a"));
        Problem problem = Refused.By<InputException>(() => GradientFile.Build(model, "model.onnx", new() { Seed = GradientSeed.Index }));
        Assert.Equal("scalar-not-possible", problem.Code);
    }

    [Theory]
    [InlineData("score", null, "did you mean 'scores'?")]
    [InlineData("zzzzzzzzzz", null, "name one of its outputs")]
    [InlineData(null, "cuont", "did you mean 'count'?")]
    [InlineData(null, "scores", "name one of its inputs")]
    public void A_name_that_is_not_there_is_answered_with_the_nearest(string? output, string? input, string fix)
    {
        Problem problem = Refused.By<InputException>(() => Build(new() { Output = output, WithRespectTo = input is null ? [] : [input] }));
        Assert.Equal(("port-unknown", "model.onnx", fix), (problem.Code, problem.Where, problem.Fix));
    }

    [Theory]
    [InlineData("rounded", "a")]
    [InlineData("scores", "count")]
    public void Integers_have_no_gradient(string output, string input) =>
        Assert.Equal(
            "not-real",
            Assert.Throws<NotDifferentiableException>(() => Build(new() { Output = output, WithRespectTo = [input] })).Problem.Code);

    [Fact]
    public void A_model_of_integers_alone_is_refused()
    {
        ModelProto model = TinyModels.Make(
            [new("a", [-1, 3])], new("best", [-1, 1], DataType.Int64),
            ops => ops.Emit("ArgMax", ["a"], new AttributeProto { Name = "axis", Type = AttributeProto.Types.AttributeType.Int, I = 1 }));
        Assert.Equal("nothing-real", Refused.By<ModelContractException>(() => GradientFile.Build(model, "model.onnx", new())).Code);
    }

    [Fact]
    public void A_gradient_file_is_not_made_of_its_own_kind()
    {
        ModelProto gradient = Build();
        Assert.Equal(
            "name-taken", Assert.Throws<ModelContractException>(() => GradientFile.Build(gradient, "gradient.onnx", new())).Problem.Code);
    }

    [Fact]
    public void The_model_given_is_not_changed()
    {
        ModelProto model = Model(), before = model.Clone();
        foreach (GradientSeed seed in Enum.GetValues<GradientSeed>()) GradientFile.Build(model, "model.onnx", new() { Seed = seed });
        Assert.Equal(before, model);
    }
}
