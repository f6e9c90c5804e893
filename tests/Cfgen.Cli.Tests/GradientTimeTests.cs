using System.Text.Json.Nodes;
using Cfgen.Cli.Commands.Gradient.Time;
using Cfgen.OnnxFormat;

namespace Cfgen.Cli.Tests;

public sealed class GradientTimeTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_layer_costs_as_much_backwards_as_forwards()
    {
        TinyModel.Save(_folder["model.onnx"]);
        JsonObject told = await Json("--batch", "3");
        const long Layer = 3 * TinyModel.Inputs * TinyModel.Outputs;
        Assert.Equal((Layer, 2 * Layer), ((long)told["forwardMultiplyAdds"]!, (long)told["gradientMultiplyAdds"]!));
        Assert.Equal((2.0, 2.0), ((double)told["multiplyAddRatio"]!, (double)told["floor"]!));
        Assert.Equal(0, (int)told["uncounted"]!);
    }

    [Fact]
    public async Task The_times_are_medians_of_runs_by_turns()
    {
        TinyModel.Save(_folder["model.onnx"]);
        // By the clock below the two runs that warm take 1 and 2 ms, then the forward pass 3, 5 and 7, with its gradient 4, 6 and 8.
        JsonObject told = await Json("--repeat", "3");
        Assert.Equal((5.0, 6.0), ((double)told["forwardMilliseconds"]!, (double)told["gradientMilliseconds"]!));
        Assert.Equal(1.2, (double)told["ratio"]!, 1e-9);
    }

    [Fact]
    public async Task A_square_of_the_input_costs_more_than_the_floor()
    {
        // x x^T needs a product for each of its sides.
        TinyModel.SaveFunction(
            _folder["model.onnx"], (ops, x) => ops.MatMul(ops.Unsqueeze(x, 2), ops.Unsqueeze(x, 1)),
            [-1, TinyModel.Inputs, TinyModel.Inputs]);
        Assert.Equal(3.0, (double)(await Json())["multiplyAddRatio"]!);
    }

    [Fact]
    public async Task Of_an_even_number_of_runs_the_two_in_the_middle_count()
    {
        TinyModel.Save(_folder["model.onnx"]);
        // The forward pass takes 3 and 5 ms, with its gradient 4 and 6.
        JsonObject told = await Json("--repeat", "2");
        Assert.Equal((4.0, 5.0), ((double)told["forwardMilliseconds"]!, (double)told["gradientMilliseconds"]!));
    }

    [Fact]
    public async Task What_computed_weights_of_convolutions_cost_is_told()
    {
        // The sum of the batch makes all of the weights: no constant is left to scale.
        TinyModel.SaveFunction(_folder["model.onnx"], (ops, x) =>
        {
            string weights = ops.MatMul(ops.ReduceSum(x, [0]), ops.Real([.. Enumerable.Range(0, 6 * 8).Select(i => Math.Cos(i))], 6, 8));
            return ops.Conv(ops.Reshape(x, ops.Longs(-1, 2, 3)), ops.Reshape(weights, ops.Longs(2, 2, 2)), [1], [0, 0], [1], 1);
        }, [-1, 2, 2]);
        JsonObject told = await Json("--repeat", "1", "--batch", "3");
        JsonNode computed = told["computedWeights"]!;
        // a filter of 2 x 2 for each element
        Assert.Equal((1, 3 * 2 * 2 * 4L), ((int)computed["convolutions"]!, (long)computed["multiplyAdds"]!));
        Assert.Equal((double)computed["multiplyAdds"]! / (double)told["gradientMultiplyAdds"]!, (double)computed["share"]!, 1e-9);
        Assert.Equal(
            ((double)told["gradientMultiplyAdds"]! - (double)computed["multiplyAdds"]!) / (double)told["forwardMultiplyAdds"]!,
            (double)computed["ratioWithout"]!, 1e-9);

        StringWriter output = new();
        Assert.Equal(0, await CliApp.RunAsync(
            ["gradient", "time", "model.onnx", "--repeat", "1"], Io(output, new StringWriter()), TestContext.Current.CancellationToken));
        Assert.Matches(
            @"\ncomputed weights: +1 convolution, whose weights' gradients are [\d,]+ or \d+ % of the total; "
            + @"with fixed weights the ratio is [12]\.\d\d\n",
            output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Weights_that_are_scaled_by_styles_cost_nothing_more()
    {
        File.Copy(Path.Combine(Repository.Root, "tests", "Cfgen.Inference.Tests", "Fixtures", "stylegan2-foreign", "model.onnx"),
            _folder["model.onnx"]);
        JsonObject told = await Json("--repeat", "1");
        Assert.Equal((0, 0L), ((int)told["computedWeights"]!["convolutions"]!, (long)told["computedWeights"]!["multiplyAdds"]!));
        Assert.InRange((double)told["multiplyAddRatio"]!, 1.9, 2.05);
        Assert.Equal((double)told["multiplyAddRatio"]!, (double)told["computedWeights"]!["ratioWithout"]!);
    }

    [Fact]
    public async Task Weights_that_are_fixed_are_no_computed_ones()
    {
        File.Copy(Path.Combine(Repository.Root, "models", "digits", "generator.onnx"), _folder["model.onnx"]);
        JsonObject told = await Json("--repeat", "1");
        Assert.Equal((0, 0L), ((int)told["computedWeights"]!["convolutions"]!, (long)told["computedWeights"]!["multiplyAdds"]!));
        Assert.Equal((double)told["multiplyAddRatio"]!, (double)told["computedWeights"]!["ratioWithout"]!);
    }

    [Fact]
    public async Task A_batch_that_the_model_does_not_take_is_refused()
    {
        StringWriter output = new(), error = new();
        TinyModel.Save(_folder["model.onnx"]);
        ModelProto model = OnnxFile.Load(_folder["model.onnx"]);
        model.Graph.Input[0].Type.TensorType.Shape.Dim[0] = new() { DimValue = 1 };
        OnnxFile.Save(model, _folder["model.onnx"]);
        int exit = await CliApp.RunAsync(
            ["gradient", "time", "model.onnx", "--batch", "2", "--json"], Io(output, error), TestContext.Current.CancellationToken);
        Assert.Equal((2, "batch-fixed", ""), (exit, (string)JsonNode.Parse(error.ToString())!["code"]!, output.ToString()));
    }

    async Task<JsonObject> Json(params string[] args)
    {
        StringWriter output = new(), error = new();
        CliIo io = Io(output, error);
        CliHandlers handlers = CliHandlers.For(io) with { GradientTime = new GradientTimeHandler(io, new GrowingClock()).RunAsync };
        int exit = await CliApp.RunAsync(
            ["gradient", "time", "model.onnx", "--json", .. args], io, handlers, TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (exit, error.ToString()));
        return JsonNode.Parse(output.ToString())!.AsObject();
    }

    CliIo Io(TextWriter output, TextWriter error) => CliRun.Io(output, error) with { WorkingDirectory = _folder.Path };

    /// <summary>A clock by which the run number n takes n milliseconds.</summary>
    sealed class GrowingClock : TimeProvider
    {
        int _asked;

        public override long TimestampFrequency => 1000;

        // Asked before and after each run: the pairs are 0, 1; 1, 3; 3, 6; ...
        public override long GetTimestamp()
        {
            int run = (_asked++ + 1) / 2;
            return run * (run + 1L) / 2;
        }
    }
}
