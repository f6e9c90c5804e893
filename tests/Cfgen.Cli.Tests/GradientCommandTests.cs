using Cfgen.Cli.Commands.Gradient.Build;
using Cfgen.Cli.Commands.Gradient.Check;
using Cfgen.Cli.Commands.Gradient.Time;
using Cfgen.Inference.Gradients;

namespace Cfgen.Cli.Tests;

public sealed class GradientCommandTests
{
    [Fact]
    public async Task What_is_typed_for_build_arrives()
    {
        GradientBuildArguments arguments = await CliRun.GradientBuild(
            "model.onnx", "-o", "gradient.onnx", "--output", "y", "--wrt", "a", "b", "--wrt", "c", "--scalar", "index", "--overwrite");
        Assert.Equal(
            ("model.onnx", "gradient.onnx", "y", GradientSeed.Index, true),
            (arguments.Model, arguments.Out, arguments.Output, arguments.Scalar, arguments.Overwrite));
        Assert.Equal(["a", "b", "c"], arguments.WithRespectTo);
    }

    [Fact]
    public async Task What_is_not_typed_for_build_is_not_made_up()
    {
        GradientBuildArguments arguments = await CliRun.GradientBuild("model.onnx", "--out", "gradient.onnx");
        Assert.Equal((null, null, false), (arguments.Output, arguments.Scalar, arguments.Overwrite));
        Assert.Empty(arguments.WithRespectTo);
    }

    [Fact]
    public async Task What_is_typed_for_check_arrives()
    {
        GradientCheckArguments arguments = await CliRun.GradientCheck(
            "model.onnx", "--output", "y", "--wrt", "a", "--points", "7", "--directions", "8", "--seed", "9", "--tolerance", "1e-3");
        Assert.Equal(
            ("model.onnx", "y", 7, 8, 9, 1e-3),
            (arguments.Model, arguments.Output, arguments.Points, arguments.Directions, arguments.Seed, arguments.Tolerance));
        Assert.Equal(["a"], arguments.WithRespectTo);
    }

    [Fact]
    public async Task What_is_typed_for_time_arrives()
    {
        GradientTimeArguments arguments =
            await CliRun.GradientTime("model.onnx", "--output", "y", "--wrt", "a", "--batch", "4", "--threads", "2", "--repeat", "9");
        Assert.Equal(
            ("model.onnx", "y", 4, 2, 9), (arguments.Model, arguments.Output, arguments.Batch, arguments.Threads, arguments.Repeat));
        Assert.Equal(["a"], arguments.WithRespectTo);
    }
}
