using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>Rules of operators that ONNX Runtime does not run, or whose shape it does not infer: the types are given here.</summary>
public sealed class UninferredOperatorTests
{
    [Theory]
    [InlineData(null, 13)]
    [InlineData(null, 25)]
    [InlineData(new long[] { 1, 2, 3 }, 21)]
    [InlineData(new long[] { -2, -1 }, 21)]
    [InlineData(new long[] { 0 }, 21)]
    public void A_normalisation_by_mean_and_variance_agrees_with_central_differences(long[]? axes, int opset)
    {
        Random random = new(20);
        GradientCase c = new GradientCase("MeanVarianceNormalization", "given types", Variable(4, 2, 2, 3).Within(-3, 3))
            .With(axes is null ? [] : [Ints("axes", axes)]).InFloat();
        (ModelProto model, Dictionary<string, Tensor> feeds) = Models.Of(c, opset, random);
        TensorType type = new(DataType.Float, [4, 2, 2, 3]);

        CentralDifferences.Check(model, "y", feeds, Models.Variables(c), random, step: 1e-2, tolerance: 2e-3, Types(type));
    }

    /// <summary>The forward node is taken out again: its gradient does not need its output.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(1.75f)]
    [InlineData(-0.5f)]
    public void A_swish_agrees_with_central_differences(float? alpha)
    {
        double[] x = [-3.5, -1, -0.2, 0, 0.7, 2, 4];
        GradientCase c = new GradientCase("Swish", "given types", Variable(x.Length).Of(x)).With(alpha is { } a ? [Float("alpha", a)] : []);
        (ModelProto model, Dictionary<string, Tensor> feeds) = Models.Of(c, GradientGraph.NewestOpset, new(20));

        ModelProto gradient = GradientGraph.Differentiate(
            model, new("y") { Gradients = new Dictionary<string, string> { ["x0"] = "dx" } }, Types(new(DataType.Double, [x.Length])));
        gradient.Graph.Node.Remove(model.Graph.Node[0]);
        gradient.Graph.Output.Remove(model.Graph.Output[0]);

        const double h = 1e-5;
        double[] actual = RunningModel.Run(gradient, feeds, "dx")[0].Values;
        Assert.All(x.Zip(actual), pair => Assert.Equal((Swish(pair.First + h) - Swish(pair.First - h)) / (2 * h), pair.Second, 1e-8));

        double Swish(double t) => t / (1 + Math.Exp(-(alpha ?? 1) * t));
    }

    /// <summary>One type for the input and the output.</summary>
    static Dictionary<string, TensorType> Types(TensorType type) => new() { ["x0"] = type, ["y"] = type };
}
