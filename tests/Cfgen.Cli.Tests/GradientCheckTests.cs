using System.Text.Json.Nodes;
using Cfgen.Cli.Commands.Gradient.Check;
using Cfgen.Counterfactuals.Numerics;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Cli.Tests;

public sealed class GradientCheckTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_right_gradient_agrees()
    {
        TinyModel.Save(_folder["model.onnx"], (ops, y) => ops.Softmax(y, 1));
        (int exit, JsonObject told) = await Json();
        Assert.Equal((0, "agrees"), (exit, (string)told["verdict"]!));
        Assert.InRange((double)told["worst"]!["relativeError"]!, 0, 0.01);
        Assert.Equal(["MatMul", "Softmax", "Tanh"], told["operators"]!.AsArray().Select(o => (string)o!["operator"]!));
        Assert.All(told["operators"]!.AsArray(), o => Assert.True((bool)o!["hasRule"]!));
    }

    [Fact]
    public async Task The_bundled_classifier_agrees()
    {
        File.Copy(Path.Combine(Repository.Root, "models", "digits", "classifier.onnx"), _folder["model.onnx"]);
        (int exit, JsonObject told) = await Json();
        Assert.Equal((0, "agrees"), (exit, (string)told["verdict"]!));
    }

    [Fact]
    public async Task A_gradient_that_is_wrong_by_a_twentieth_does_not()
    {
        TinyModel.Save(_folder["model.onnx"]);
        (int exit, JsonObject told) = await Json(alter: model => Scale(model, "x_gradient", 1.05));
        Assert.Equal((1, "disagrees"), (exit, (string)told["verdict"]!));
        Assert.Equal(0.05 / 1.05, (double)told["worst"]!["relativeError"]!, 0.005);
        Assert.Empty(told["kinks"]!.AsArray());
    }

    [Fact]
    public async Task A_gradient_that_is_no_number_does_not()
    {
        TinyModel.Save(_folder["model.onnx"]);
        (int exit, JsonObject told) = await Json(alter: model => Scale(model, "x_gradient", double.NaN));
        Assert.Equal((1, "disagrees"), (exit, (string)told["verdict"]!));
        Assert.Null(told["worst"]!["relativeError"]);
    }

    [Fact]
    public async Task A_kink_is_told_and_counts_for_nothing()
    {
        // |x - p| has its kink at the first point that the check draws.
        TinyModel.SaveFunction(
            _folder["model.onnx"], (ops, x) => ops.Abs(ops.Sub(x, ops.Real(FirstPoint(), 1, TinyModel.Inputs))), [-1, TinyModel.Inputs]);
        (int exit, JsonObject told) = await Json();
        Assert.Equal((0, "agrees"), (exit, (string)told["verdict"]!));
        Assert.NotEmpty(told["kinks"]!.AsArray());
        Assert.All(told["kinks"]!.AsArray(), kink => Assert.Equal(1, (int)kink!["point"]!));
    }

    [Fact]
    public async Task Nothing_but_kinks_decides_nothing()
    {
        TinyModel.SaveFunction(
            _folder["model.onnx"], (ops, x) => ops.Abs(ops.Sub(x, ops.Real(FirstPoint(), 1, TinyModel.Inputs))), [-1, TinyModel.Inputs]);
        (int exit, JsonObject told) = await Json(["--points", "1"]);
        Assert.Equal((1, "undecided"), (exit, (string)told["verdict"]!));
    }

    [Fact]
    public async Task What_is_lost_in_the_rounding_of_the_outputs_decides_nothing()
    {
        TinyModel.SaveFunction(
            _folder["model.onnx"], (ops, x) => ops.Add(ops.Mul(x, ops.Scalar(1e-6)), ops.Scalar(1e6)), [-1, TinyModel.Inputs]);
        (int exit, JsonObject told) = await Json(["--points", "1", "--directions", "2", "--seed", "1"]);
        Assert.Equal((1, "undecided"), (exit, (string)told["verdict"]!));
        Assert.Equal(2, (int)told["belowRounding"]!);
    }

    [Fact]
    public async Task A_gradient_passed_straight_through_is_no_derivative_and_the_reason_is_told()
    {
        TinyModel.Save(_folder["model.onnx"], (ops, y) =>
        {
            string scale = ops.Scalar(0.5);
            return ops.Emit("DequantizeLinear", [ops.Emit("QuantizeLinear", [y, scale]), scale]);
        });
        (int exit, string output, _) = await Run();
        Assert.Equal(1, exit);
        Assert.Contains("the gradient passes straight through QuantizeLinear", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_a_logarithm_the_points_are_positive()
    {
        TinyModel.SaveFunction(_folder["model.onnx"], (ops, x) => ops.Log(x), [-1, TinyModel.Inputs]);
        Assert.Equal(0, (await Json()).Exit);
    }

    [Fact]
    public async Task The_same_seed_tells_the_same_and_another_seed_something_else()
    {
        TinyModel.Save(_folder["model.onnx"]);
        string first = (await Run("--json")).Out;
        Assert.Equal(first, (await Run("--json")).Out);
        Assert.NotEqual(first, (await Run("--json", "--seed", "1")).Out);
    }

    [Fact]
    public async Task The_operators_are_told_before_anything_is_refused()
    {
        TinyModel.Save(_folder["model.onnx"], (ops, y) => ops.Emit("RandomNormalLike", [ops.Emit("Bernoulli", [y])]));
        (int exit, string output, string error) = await Run();
        Assert.Equal(2, exit);
        Assert.Matches("RandomNormalLike: +1  no\n", output);
        Assert.Matches("Tanh: +1  yes\n", output);
        Assert.Contains("operators that have no gradient rule", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loop_needs_no_rule_where_its_course_is_known_and_the_operators_in_it_do()
    {
        TinyModel.SaveFunction(_folder["model.onnx"], Repeated, [-1, TinyModel.Inputs]);
        (int exit, JsonObject told) = await Json();
        Assert.Equal((0, "agrees"), (exit, (string)told["verdict"]!));
        Assert.Equal(
            [("Identity", 1, true, false), ("Loop", 1, false, true), ("Tanh", 1, true, false)],
            told["operators"]!.AsArray()
                .Select(o => ((string)o!["operator"]!, (int)o["nodes"]!, (bool)o["hasRule"]!, (bool)o["isReplaced"]!)));
        Assert.Matches("Loop: +1  none needed: replaced by what it stands for", (await Run()).Out);
    }

    [Theory]
    [InlineData("output-not-finite", "no finite numbers")]
    [InlineData("axis-free", "x")]
    public async Task A_model_that_cannot_be_compared_is_refused(string code, string told)
    {
        TinyModel.SaveFunction(_folder["model.onnx"], (ops, x) => ops.Log(ops.Sub(ops.Abs(x), ops.Scalar(1000))), [-1, TinyModel.Inputs]);
        if (code == "axis-free") FreeSecondLength();
        (int exit, string output, string error) = await Run("--json");
        JsonObject problem = JsonNode.Parse(error)!.AsObject();
        Assert.Equal((2, code, ""), (exit, (string)problem["code"]!, output));
        Assert.Contains(told, string.Join(' ', problem.Select(part => part.Value?.ToString())), StringComparison.Ordinal);
    }

    async Task<(int Exit, string Out, string Error)> Run(params string[] args)
    {
        StringWriter output = new(), error = new();
        int exit = await CliApp.RunAsync(
            ["gradient", "check", "model.onnx", .. args], Io(output, error), TestContext.Current.CancellationToken);
        return (exit, output.ToString().ReplaceLineEndings("\n"), error.ToString());
    }

    async Task<(int Exit, JsonObject Told)> Json(string[]? args = null, Action<ModelProto>? alter = null)
    {
        StringWriter output = new(), error = new();
        CliIo io = Io(output, error);
        CliHandlers handlers = CliHandlers.For(io) with
        {
            GradientCheck = (arguments, common, ct) => new GradientCheckHandler(io, alter).RunAsync(arguments, common, ct),
        };
        int exit = await CliApp.RunAsync(
            ["gradient", "check", "model.onnx", "--json", .. args ?? []], io, handlers, TestContext.Current.CancellationToken);
        Assert.Equal("", error.ToString());
        return (exit, JsonNode.Parse(output.ToString())!.AsObject());
    }

    CliIo Io(TextWriter output, TextWriter error) => CliRun.Io(output, error) with { WorkingDirectory = _folder.Path };

    void FreeSecondLength()
    {
        ModelProto model = OnnxFile.Load(_folder["model.onnx"]);
        model.Graph.Input[0].Type.TensorType.Shape.Dim[1] = new() { DimParam = "M" };
        model.Graph.Output[0].Type.TensorType.Shape.Dim[1] = new() { DimParam = "M" };
        OnnxFile.Save(model, _folder["model.onnx"]);
    }

    /// <summary>tanh three times over, in a loop.</summary>
    static string Repeated(GraphWriter ops, string x)
    {
        GraphProto body = new() { Name = "body" };
        foreach ((string name, DataType type) in new[] { ("i", DataType.Int64), ("go", DataType.Bool), ("v", DataType.Float) })
            body.Input.Add(Value(name, type));
        body.Node.Add(new NodeProto { OpType = "Identity", Input = { "go" }, Output = { "goes" } });
        body.Node.Add(new NodeProto { OpType = "Tanh", Input = { "v" }, Output = { "w" } });
        body.Output.Add(Value("goes", DataType.Bool));
        body.Output.Add(Value("w", DataType.Float));
        string count = ops.AddConstant(new TensorProto { DataType = (int)DataType.Int64, Int64Data = { 3 } });
        return ops.Emit(
            "Loop", [count, "", x], new AttributeProto { Name = "body", Type = AttributeProto.Types.AttributeType.Graph, G = body });
    }

    static ValueInfoProto Value(string name, DataType type) =>
        new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)type } } };

    /// <summary>Multiplies an output of a model.</summary>
    static void Scale(ModelProto model, string output, double factor)
    {
        model.Graph.Node.Single(n => n.Output.Contains(output)).Output[0] = "right";
        foreach (NodeProto node in model.Graph.Node)
        {
            for (int i = 0; i < node.Input.Count; i++) node.Input[i] = node.Input[i] == output ? "right" : node.Input[i];
        }
        GraphWriter ops = new(model, "altered/");
        ops.Rename(ops.Mul("right", ops.Scalar(factor)), output);
    }

    /// <summary>What the seed 0 draws first: the transform of Box and Muller.</summary>
    static double[] FirstPoint() => new RandomState(0).Normal(TinyModel.Inputs);
}
