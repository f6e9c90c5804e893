using Cfgen.Autodiff;
using Cfgen.Inference.Bundles;
using Cfgen.OnnxFormat;
using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Tests;

public sealed class ClassifierContractTests
{
    const string Classifier = "classifier.onnx";

    static Problem RefusedBy(ModelProto classifier, Func<ModelManifest, ModelManifest>? change = null) =>
        ContractCheck.Of(new(classifier: classifier, change: change), Classifier);

    [Theory]
    [InlineData(1, 8, 8, "pixels: float32 [N, 1, 8, 8]", "size")]
    [InlineData(3, 4, 5, "pixels: float32 [N, 3, 4, 5]", "channels")]
    public void Pictures_of_another_size_than_preprocessing_makes(int channels, int height, int width, string found, string what)
    {
        Problem problem = RefusedBy(TinyModels.Classifier(channels: channels, height: height, width: width));
        Assert.Equal(found, problem.Found);
        Assert.Contains("[N, 1, 4, 5]", problem.Expected, StringComparison.Ordinal);
        Assert.Contains(what, problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Preprocessing_to_the_size_that_is_taken_mends_it()
    {
        PreprocessingSpec preprocessing = new() { Resize = new() { Width = 8, Height = 8 }, Channels = 3 };
        using TinyBundle tiny = new(
            classifier: TinyModels.Classifier(channels: 3, height: 8, width: 8),
            change: m => m with { Classifier = m.Classifier! with { Preprocessing = preprocessing } });
        Assert.Equal(4, tiny.Build().Facts.Classes);
    }

    [Fact]
    public void Flat_pictures()
    {
        ModelProto flat = TinyModels.Make(
            [new("pixels", [-1, 20])], new("scores", [-1, 4]),
            ops => TinyModels.Affine(ops, "pixels", 20, TinyModels.ClassifierSeed, -1, 4));
        Assert.Equal("pixels: float32 [N, 20]", RefusedBy(flat).Found);
    }

    [Fact]
    public void A_batch_of_more_than_one_picture()
    {
        Problem problem = RefusedBy(TinyModels.Classifier(batch: 8));
        Assert.Equal("pixels: float32 [8, 1, 4, 5]", problem.Found);
        Assert.Contains("batch", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Pixels_that_are_neither_float32_nor_bytes()
    {
        ModelProto bytes = TinyModels.Make([new("pixels", [-1, 1, 4, 5], DataType.Int32)], new("scores", [-1, 4]), ops =>
            TinyModels.Affine(ops, ops.Cast("pixels", DataType.Float), 20, TinyModels.ClassifierSeed, -1, 4));
        Assert.Equal(("pixels: int32 [N, 1, 4, 5]", "float32 or uint8"), (RefusedBy(bytes).Found, RefusedBy(bytes).Expected));
    }

    [Fact]
    public void The_number_of_a_class_instead_of_scores()
    {
        ModelProto argMax = TinyModels.Make([new("pixels", [-1, 1, 4, 5])], new("class", [-1, 1], DataType.Int64),
            ops => ops.Emit(
                "ArgMax", [TinyModels.Affine(ops, "pixels", 20, TinyModels.ClassifierSeed, -1, 4)],
                new AttributeProto { Name = "axis", Type = AttributeType.Int, I = 1 }));
        Problem problem = RefusedBy(argMax);
        Assert.Equal("class: int64 [N, 1]", problem.Found);
        Assert.Contains("argmax", problem.Expected, StringComparison.Ordinal);
        Assert.Contains("logits", problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ClassifierOutput.Logits, 1, "scores: float32 [N, 1]", "[N, K] with K of at least 2")]
    [InlineData(ClassifierOutput.Probabilities, 1, "scores: float32 [N, 1]", "[N, K] with K of at least 2")]
    [InlineData(ClassifierOutput.Sigmoid, 4, "scores: float32 [N, 4]", "[N] or [N, 1]")]
    [InlineData(ClassifierOutput.Logit, 4, "scores: float32 [N, 4]", "[N] or [N, 1]")]
    public void Another_number_of_outputs_than_the_kind_has(ClassifierOutput kind, int columns, string found, string expected)
    {
        Problem problem = RefusedBy(TinyModels.Classifier(columns), m => m with { Classifier = m.Classifier! with { Kind = kind } });
        Assert.Equal(found, problem.Found);
        Assert.Contains(expected, problem.Expected, StringComparison.Ordinal);
        Assert.Contains("classifier.kind", problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new long[] { -1, 2, 2 }, "scores: float32 [N, 2, 2]")]
    public void Outputs_that_are_no_list_of_classes(long[] shape, string found)
    {
        ModelProto model = TinyModels.Classifier();
        model.Graph.Output[0] = new TinyPort("scores", shape).Declare();
        Assert.Equal(found, RefusedBy(model).Found);
    }

    [Fact]
    public void Another_number_of_class_names()
    {
        Problem problem = RefusedBy(TinyModels.Classifier(), m => m with { Classes = ["cat", "dog", "bird"] });
        Assert.Equal(("scores: float32 [N, 4]", "3 classes, as model.json names"), (problem.Found, problem.Expected));
    }

    [Fact]
    public void A_single_output_has_two_class_names()
    {
        using TinyBundle two = new(classifier: TinyModels.TwoClasses(rank: 1), change: m => m with { Classes = ["healthy", "ill"] });
        Assert.Equal(2, two.Build().Facts.Classes);
    }

    [Fact]
    public void No_classifier_at_all()
    {
        using TinyBundle tiny = new(change: m => m with { Classifier = null });
        Problem problem = Refused.By<InputException>(() => tiny.Build());
        Assert.Equal(("bundle-incomplete", tiny[Bundle.ManifestName]), (problem.Code, problem.Where));
    }

    [Fact]
    public void Every_operator_without_rule_is_named_at_once()
    {
        using TinyBundle tiny = new(classifier: TinyModels.Classifier(end: (ops, x) => ops.Emit(
            "Bernoulli", [ops.Emit("RandomNormalLike", [ops.Add(ops.Emit("RandomNormalLike", [x]), ops.Scalar(1))])])));
        Problem problem = Refused.By<NotDifferentiableException>(() => tiny.Build());
        Assert.Equal("operators-without-gradient", problem.Code);
        Assert.Contains(tiny[Classifier], problem.Where, StringComparison.Ordinal);
        Assert.Contains("Bernoulli (1 node, such as 'classifier/", problem.Found, StringComparison.Ordinal);
        Assert.Contains("RandomNormalLike (2 nodes, such as 'classifier/", problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void The_encoder_needs_no_rules()
    {
        ModelProto encoder = TinyModels.Make(
            [new("photo", [-1, 1, 4, 5])], new("code", [-1, 3]),
            ops => ops.Emit("Bernoulli", [TinyModels.Affine(ops, "photo", 20, TinyModels.EncoderSeed, -1, 3)]));
        using TinyBundle tiny = new(encoder: encoder);
        Assert.Equal("photo", tiny.Build().Facts.EncoderInput);
    }
}
