using Cfgen.Counterfactuals;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Objectives;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Tests;

/// <summary>Classifiers that take pictures with the channels last, or in bytes, as other libraries export them.</summary>
public sealed class ClassifierInputTests
{
    static readonly float[] s_ws = TinyModels.Numbers(1, 6);

    /// <summary>The weights of <see cref="TinyModels.Classifier"/>, made to take [N, H, W, C].</summary>
    static ModelProto ChannelsLast(DataType type = DataType.Float) =>
        TinyModels.Make([new("pixels", [-1, 4, 5, 1], type)], new("scores", [-1, 4]), ops =>
    {
        string x = type == DataType.Float ? "pixels" : ops.Cast("pixels", DataType.Float);
        string picture = ops.Transpose(x, 0, 3, 1, 2);
        return TinyModels.Affine(ops, type == DataType.Float
            ? picture : ops.Mul(picture, ops.Scalar(1 / 255.0)), 20, TinyModels.ClassifierSeed, -1, 4);
    });

    [Fact]
    public void Channels_may_stand_last()
    {
        using TinyBundle last = new(classifier: ChannelsLast()), first = new();
        (Evaluation expected, Evaluation actual) = (first.Evaluate(s_ws, 2), last.Evaluate(s_ws, 2));
        Assert.Equal(expected.Probability, actual.Probability, 1e-6);
        Assert.Equal(expected.Gradient.ToArray(), actual.Gradient.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Size_and_channels_are_read_off_an_input_with_the_channels_last()
    {
        using TinyBundle tiny = new();
        ModelProto colours = TinyModels.Make([new("pixels", [-1, 8, 6, 3])], new("scores", [-1, 4]), ops =>
            TinyModels.Affine(ops, "pixels", 144, TinyModels.ClassifierSeed, -1, 4));
        OnnxFile.Save(colours, tiny["colours.onnx"]);
        Bundle bundle = Bundle.FromModels(new() { Generator = tiny["generator.onnx"], Classifier = tiny["colours.onnx"] });
        PreprocessingSpec read = bundle.Manifest.Classifier!.Preprocessing;
        Assert.Equal((6, 8, 3), (read.Resize!.Width, read.Resize.Height, read.Channels));
        Assert.Equal(4, GraphBuilder.Build(bundle, new()).Facts.Classes);
    }

    [Fact]
    public void Bytes_are_rounded_as_saved_pictures_are_and_the_gradient_goes_straight_through()
    {
        // A generator whose values lie between 0 and 1, so that nothing is beyond black or white.
        ModelProto generator = TinyModels.Make([new("ws", [-1, 2, 3])], new("picture", [-1, 1, 4, 5]), ops =>
            ops.Sigmoid(TinyModels.Affine(ops, "ws", 6, TinyModels.GeneratorSeed, -1, 1, 4, 5)));
        ModelManifest Unit(ModelManifest m) =>
            m with { Image = m.Image with { Range = [0, 1] }, Classifier = m.Classifier! with { Preprocessing = new() } };
        using TinyBundle bytes = new(generator, ChannelsLast(DataType.Uint8), change: Unit), floats = new(generator, change: Unit);
        (Evaluation exact, Evaluation rounded) = (floats.Evaluate(s_ws, 2), bytes.Evaluate(s_ws, 2));
        Assert.Equal(exact.Gradient.ToArray(), rounded.Gradient.ToArray(), (a, b) => Math.Abs(a - b) < 0.01f);
        Assert.Contains(rounded.Gradient.ToArray(), g => Math.Abs(g) > 0.02f);

        float[] levels = Array.ConvertAll(exact.Image.ToArray(), v => MathF.Round(v * 255) / 255);
        using Pipeline pipeline = Pipeline.Open(floats.Open(), new(), _ => { });
        float[] ofLevels = pipeline.Classifier.Classify(levels, TestContext.Current.CancellationToken);
        Assert.Equal(ofLevels[2], rounded.Probability, 1e-6);
        Assert.NotEqual(exact.Probability, rounded.Probability);
    }

    [Fact]
    public void Bytes_are_made_from_0_to_255_where_nothing_else_is_said_and_that_is_told()
    {
        using TinyBundle tiny = new(classifier: ChannelsLast(DataType.Uint8), change: m =>
            m with { Classifier = m.Classifier! with { Preprocessing = new() } });
        Assert.Contains("0 to 255", Assert.Single(tiny.Build().Facts.Notes), StringComparison.Ordinal);
        Bundle guessed = Bundle.FromModels(new() { Generator = tiny["generator.onnx"], Classifier = tiny["classifier.onnx"] });
        Assert.Equal([0, 255], guessed.Manifest.Classifier!.Preprocessing.Range);
    }

    [Fact]
    public void Normalised_pictures_are_no_bytes()
    {
        Problem problem = ContractCheck.Of(new(classifier: ChannelsLast(DataType.Uint8), change: m =>
            m with { Classifier = m.Classifier! with { Preprocessing = new() { Mean = [0.5f], Std = [0.5f] } } }), "classifier.onnx");
        Assert.Contains("bytes", problem.Expected, StringComparison.Ordinal);
        Assert.Contains("mean", problem.Fix, StringComparison.Ordinal);
    }
}
