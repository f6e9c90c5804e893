using System.Globalization;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Tests;

/// <summary>The judge of every gradient: (f(x + h) - f(x - h)) / 2h, element by element, for f(x) = Σ y dy with random dy.</summary>
static class CentralDifferences
{
    /// <summary>Differentiates the model and compares every element of every gradient.</summary>
    /// <param name="model">The forward graph.</param>
    /// <param name="output">The value y.</param>
    /// <param name="feeds">Every input.</param>
    /// <param name="variables">The inputs whose gradients are compared.</param>
    /// <param name="random">Draws dy.</param>
    /// <param name="step">h.</param>
    /// <param name="tolerance">Largest error, relative to the largest element of the gradient or to 1.</param>
    /// <param name="types">Types of the values, where ONNX Runtime does not infer them.</param>
    public static void Check(
        ModelProto model, string output, IReadOnlyDictionary<string, Tensor> feeds, IEnumerable<string> variables, Random random,
        double step = 1e-5, double tolerance = 1e-6, IReadOnlyDictionary<string, TensorType>? types = null)
    {
        string[] names = [.. variables];
        GradientRequest request = new(output) { Gradients = names.ToDictionary(n => n, n => $"d{n}"), Cotangent = "dy" };
        ModelProto differentiated = GradientGraph.Differentiate(model, request, types ?? ModelTypes.Read(model, "the model under test"));

        using RunningModel forward = new(model);
        Tensor y = forward.Run(feeds, output)[0];
        Tensor dy = Tensor.Draw(y.Type, y.Shape, random, 0.5, 1.5);
        Tensor[] gradients =
            RunningModel.Run(differentiated, new Dictionary<string, Tensor>(feeds) { ["dy"] = dy }, [.. names.Select(n => $"d{n}")]);
        foreach ((string name, Tensor actual) in names.Zip(gradients))
        {
            Assert.Equal(feeds[name].Shape, actual.Shape);
            AssertClose(Differences(forward, output, feeds, name, dy, step), actual.Values, tolerance, name);
        }
    }

    static double[] Differences(
        RunningModel forward, string output, IReadOnlyDictionary<string, Tensor> feeds, string name, Tensor dy, double step)
    {
        Tensor x = feeds[name];
        Dictionary<string, Tensor> moved = new(feeds);
        double[] differences = new double[x.Values.Length];
        for (int i = 0; i < differences.Length; i++)
        {
            double[] above = Output(i, step), below = Output(i, -step);
            for (int j = 0; j < dy.Values.Length; j++) differences[i] += (above[j] - below[j]) * dy.Values[j] / (2 * step);
        }
        return differences;

        double[] Output(int i, double change)
        {
            moved[name] = x.Moved(i, change);
            return forward.Run(moved, output)[0].Values;
        }
    }

    static void AssertClose(double[] expected, double[] actual, double tolerance, string name)
    {
        double allowed = tolerance * Math.Max(1, expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++)
        {
            bool close = Math.Abs(expected[i] - actual[i]) <= allowed; // false for NaN
            Assert.True(
                close,
                string.Create(CultureInfo.InvariantCulture, $"gradient of {name}, element {i}: {actual[i]} instead of {expected[i]}"));
        }
    }
}
