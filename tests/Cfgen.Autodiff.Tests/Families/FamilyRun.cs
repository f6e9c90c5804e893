using Cfgen.Inference.Gradients;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests.Families;

/// <summary>A classifier and its gradient file, made as `gradient build` makes it.</summary>
/// <param name="model">The classifier as exported.</param>
sealed class FamilyRun(ModelProto model) : IDisposable
{
    /// <summary>
    /// The largest error left to differences, relative to the derivative along a typical direction. Every family convolves,
    /// which ONNX Runtime does in single precision alone: a step that moves logits of order one by about a hundredth, rounded
    /// to 1e-7 a few times over, is good for 1e-5, and networks without kinks agree to a few of these. Where rectifiers are,
    /// each kink that lies between two samples of the gradient adds a part of its jump over their number: up to 3e-3 in all,
    /// less with more samples. A term that is missing in a gradient makes a hundred times as much.
    /// </summary>
    public const double Tolerance = 5e-3;

    /// <summary>Length of a step, as a share of the image's.</summary>
    const double Step = 0.015;

    /// <summary>
    /// Places along a step at which the gradient is taken: between kinks it hardly changes, and a kink among so many counts for little.
    /// </summary>
    const int Samples = 80;

    readonly RunningModel _model = new(model);
    readonly RunningModel _gradient = new(GradientFile.Build(model, "the family under test", new()));

    /// <summary>So many images of even numbers with a variance of 1.</summary>
    public Tensor Images(long count) => Tensor.Draw(
        DataType.Float, [count, .. model.Graph.Input[0].Type.TensorType.Shape.Dim.Skip(1).Select(d => d.DimValue)], new(2), -Math.Sqrt(3),
        Math.Sqrt(3));

    /// <summary>What the classifier itself gives.</summary>
    public double[] Model(Tensor image) => _model.Run(Feed(image), ExportedNetwork.Logits)[0].Values;

    /// <summary>What the gradient file gives for them.</summary>
    public double[] Logits(Tensor image) => _gradient.Run(Feeds(image), ExportedNetwork.Logits)[0].Values;

    /// <summary>The gradient of the logits times the cotangent.</summary>
    public double[] Gradient(Tensor image) => _gradient.Run(Feeds(image), GradientFile.GradientOf(ExportedNetwork.Image))[0].Values;

    /// <summary>
    /// How far f(x + h v) - f(x - h v) is from the mean of the gradient between the two, times 2 h v: nothing but rounding,
    /// whatever the curvature and the kinks between.
    /// </summary>
    public double ErrorAlong(Tensor image, Random random)
    {
        double[] v = Tensor.Draw(DataType.Double, image.Shape, random).Values;
        double length = Length(image.Values) / Length(v);
        double mean = 0, typical = 0;
        for (int k = 0; k < Samples; k++)
        {
            double[] slope = Gradient(Moved(image, v, length * Step * ((2 * k + 1.0) / Samples - 1)));
            mean += Dot(slope, v) / Samples;
            typical += Length(slope) * Length(v) / Math.Sqrt(v.Length) / Samples;
        }
        double central = (Score(Moved(image, v, length * Step)) - Score(Moved(image, v, -length * Step))) / (2 * length * Step);
        return Math.Abs(central - mean) / Math.Max(typical, Math.Abs(mean));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _model.Dispose();
        _gradient.Dispose();
    }

    double Score(Tensor image) => Dot(Model(image), Cotangent(image).Values);

    static Tensor Cotangent(Tensor image) => Tensor.Draw(DataType.Float, [image.Shape[0], 3], new(3));

    static Tensor Moved(Tensor image, double[] v, double step) => image with { Values = [.. image.Values.Zip(v, (x, d) => x + step * d)] };

    static Dictionary<string, Tensor> Feed(Tensor image) => new() { [ExportedNetwork.Image] = image };

    static Dictionary<string, Tensor> Feeds(Tensor image) =>
        new(Feed(image)) { [GradientFile.CotangentOf(ExportedNetwork.Logits)] = Cotangent(image) };

    static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    static double Length(double[] a) => Math.Sqrt(Dot(a, a));
}
