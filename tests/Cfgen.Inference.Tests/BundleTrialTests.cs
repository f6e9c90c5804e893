using Cfgen.Inference.Bundles;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Tests;

/// <summary>A part that loads and fits but gives what is no number is found when it runs once.</summary>
public sealed class BundleTrialTests
{
    static readonly CancellationToken s_token = TestContext.Current.CancellationToken;

    static string NotANumber(GraphWriter ops, string x) => ops.Add(x, ops.Log(ops.Scalar(-1)));

    [Fact]
    public void A_bundle_whose_parts_give_numbers_passes()
    {
        using TinyBundle tiny = new(encoder: TinyModels.Encoder());
        BundleTrial trial = BundleTrial.Run(tiny.Open(), (TinyModels.Numbers(3, 20), "photo.png"), s_token);
        Assert.Equal(ClassifierOutput.Logits, trial.Kind);
        Assert.Empty(trial.Notes);
    }

    [Fact]
    public void The_classifier_is_named_with_the_picture()
    {
        using TinyBundle tiny = new(classifier: TinyModels.Classifier(end: NotANumber));
        Problem problem = Refused.By<ModelContractException>(() => BundleTrial.Run(tiny.Open(), null, s_token));
        Assert.Equal(("classifier-not-finite", tiny["classifier.onnx"]), (problem.Code, problem.Where));
        Assert.Contains("the generator makes", problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void The_generator_is_named()
    {
        ModelProto generator = TinyModels.Make([new("ws", [-1, 2, 3])], new("picture", [-1, 1, 4, 5]), ops =>
            NotANumber(ops, TinyModels.Affine(ops, "ws", 6, TinyModels.GeneratorSeed, -1, 1, 4, 5)));
        using TinyBundle tiny = new(generator);
        Problem problem = Refused.By<ModelContractException>(() => BundleTrial.Run(tiny.Open(), null, s_token));
        Assert.Equal(("generator-not-finite", tiny["generator.onnx"]), (problem.Code, problem.Where));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_encoder_is_named_with_the_picture(bool hasClassifier)
    {
        ModelProto encoder = TinyModels.Make([new("photo", [-1, 1, 4, 5])], new("code", [-1, 3]), ops =>
            NotANumber(ops, TinyModels.Affine(ops, "photo", 20, TinyModels.EncoderSeed, -1, 3)));
        using TinyBundle tiny = new(encoder: encoder, change: m => hasClassifier ? m : m with { Classifier = null });
        Problem problem = Refused.By<ModelContractException>(() =>
            BundleTrial.Run(tiny.Open(), (TinyModels.Numbers(3, 20), "photo.png"), s_token));
        Assert.Equal(("code-not-finite", tiny["encoder.onnx"]), (problem.Code, problem.Where));
        Assert.Contains("photo.png", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_that_is_no_number_is_found_though_the_picture_is_one()
    {
        // sqrt(x * 0): 0, with a slope of 0 / 0.
        ModelProto classifier = TinyModels.Classifier(end: (ops, x) => ops.Add(x, ops.Sqrt(ops.Mul(x, ops.Scalar(0)))));
        using TinyBundle tiny = new(classifier: classifier);
        Assert.Equal("gradient-not-finite", Refused.By<ModelContractException>(() => BundleTrial.Run(tiny.Open(), null, s_token)).Code);
    }
}
