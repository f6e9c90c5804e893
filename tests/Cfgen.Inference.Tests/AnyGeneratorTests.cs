using Cfgen.Counterfactuals;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Codes;
using Cfgen.Inference.Objectives;

namespace Cfgen.Inference.Tests;

/// <summary>Models given one by one, without a bundle: a decoder of flat codes, 28 x 28 in [0, 1], and the digits' classifier.</summary>
public sealed class AnyGeneratorTests
{
    static readonly string s_vae = Path.Combine(AppContext.BaseDirectory, "Fixtures", "vae");

    static ModelOverrides Files() => new()
    {
        Generator = Path.Combine(s_vae, "generator.onnx"),
        Encoder = Path.Combine(s_vae, "encoder.onnx"),
        Classifier = Path.Combine(Digits.Folder, "classifier.onnx"),
        Preprocessing = Path.Combine(AppContext.BaseDirectory, "Processors", "gray", "preprocessor_config.json"),
        LatentMean = Path.Combine(s_vae, "mean.npy"),
        LatentCovariance = Path.Combine(s_vae, "covariance.npy"),
    };

    [Fact]
    public void Size_channels_and_range_are_read_off_the_models()
    {
        ImageSpec image = Bundle.FromModels(Files()).Manifest.Image;
        Assert.Equal((28, 28, 1), (image.Width, image.Height, image.Channels));
        Assert.Equal([0, 1], image.Range);
    }

    [Fact]
    public void A_search_through_another_autoencoder_reaches_the_runner_up_of_at_least_95_of_100_digits()
    {
        Bundle bundle = Bundle.FromModels(Files());
        using Pipeline pipeline = Pipeline.Open(bundle, new(), _ => { });
        CounterfactualSearch search = new(LatentStatistics.Load(bundle)!, pipeline.Facts.NumWs, new() { Threshold = 0.75 });
        float[] canvas = Digits.Reference("canvas");
        int reached = 0;
        for (int digit = 0; digit < 16; digit++)
        {
            float[] image = Crop(canvas.AsSpan(digit * 32 * 32, 32 * 32));
            float[] ws = pipeline.Encoder!.Encode(image, TestContext.Current.CancellationToken);
            float[] p = pipeline.Classifier.Classify(
                pipeline.ObjectiveFor(0).Evaluate(ws, TestContext.Current.CancellationToken).Image, TestContext.Current.CancellationToken);
            int runnerUp = Enumerable.Range(0, 10).OrderByDescending(k => p[k]).ElementAt(1);
            SearchPath path =
                search.Run(pipeline.ObjectiveFor(runnerUp), ws, cancellationToken: TestContext.Current.CancellationToken);
            if (path.Outcome is SearchOutcome.Reached) reached++;
        }
        Assert.InRange(reached / 16.0, 0.95, 1);
    }

    [Fact]
    public void A_generator_without_a_picture_size_is_refused()
    {
        ModelOverrides files = Files() with { Generator = Path.Combine(Digits.Folder, "mapping.onnx") };
        Assert.Equal("model-contract", Assert.Throws<ModelContractException>(() => Bundle.FromModels(files)).Problem.Code);
    }

    /// <summary>The digit in the middle of a canvas in [-1, 1], in [0, 1].</summary>
    static float[] Crop(ReadOnlySpan<float> canvas)
    {
        float[] digit = new float[28 * 28];
        for (int i = 0; i < digit.Length; i++) digit[i] = (canvas[(i / 28 + 2) * 32 + i % 28 + 2] + 1) / 2;
        return digit;
    }
}
