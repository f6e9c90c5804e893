using Cfgen.Counterfactuals;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Images;
using Cfgen.Inference.Objectives;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Tests;

/// <summary>Outputs in other forms than one row of logits: more axes, several outputs, labels of their own, and what is no probability or
/// no number.</summary>
public sealed class ClassifierOutputTests
{
    static readonly float[] s_ws = TinyModels.Numbers(1, 6);

    static readonly CancellationToken s_token = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(new long[] { -1, 4, 1, 1 })]
    [InlineData(new long[] { -1, 1, 1, 4 })]
    [InlineData(new long[] { 1, 4, 1, 1 })]
    public void Axes_of_length_one_do_not_count(long[] shape)
    {
        using TinyBundle tiny = new(classifier: WithOutput(shape)), plain = new();
        (Evaluation expected, Evaluation actual) = (plain.Evaluate(s_ws, 2), tiny.Evaluate(s_ws, 2));
        Assert.Equal(4, tiny.Build().Facts.Classes);
        Assert.Equal((expected.Score, expected.Probability), (actual.Score, actual.Probability));
        Assert.Equal(expected.Gradient.ToArray(), actual.Gradient.ToArray());
    }

    [Fact]
    public void A_single_sigmoid_with_axes_of_length_one_is_the_second_of_two_classes()
    {
        ModelProto model = TinyModels.Make([new("pixels", [-1, 1, 4, 5])], new("scores", [-1, 1, 1, 1]), ops =>
            ops.Reshape(ops.Sigmoid(Logits(ops, 1)), ops.Longs(-1, 1, 1, 1)));
        using TinyBundle tiny = new(classifier: model);
        Assert.Equal((ClassifierOutput.Sigmoid, 2), (tiny.Build().Facts.Kind, tiny.Build().Facts.Classes));
        Assert.Equal(1 / (1 + Math.Exp(-AffineClassifier.Of(1).Logits(s_ws)[0])), tiny.Evaluate(s_ws, 1).Probability, 1e-6);
    }

    [Fact]
    public void A_sigmoid_over_several_outputs_gives_each_label_a_probability_of_its_own()
    {
        using TinyBundle tiny = new(classifier: TinyModels.Classifier(end: (ops, x) => ops.Sigmoid(x)));
        using Pipeline pipeline = Pipeline.Open(tiny.Open(), new(), _ => { });
        Assert.Equal(ClassifierOutput.Labels, pipeline.Facts.Kind);
        Assert.Contains("labels", Assert.Single(pipeline.Facts.Notes), StringComparison.Ordinal);
        double[] expected = [.. AffineClassifier.Of(4).Logits(s_ws).Select(Sigmoid)];
        Evaluation first = pipeline.ObjectiveFor(0).Evaluate(s_ws, s_token);
        Assert.Equal(expected, pipeline.Classifier.Classify(first.Image, s_token).Select(p => (double)p), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(expected[0], first.Probability, 1e-6);
        Assert.True(pipeline.Classifier.HasLabels);
    }

    [Theory]
    [InlineData(ObjectiveKind.LogProbability, true)]
    [InlineData(ObjectiveKind.LogProbability, false)]
    [InlineData(ObjectiveKind.Probability, false)]
    [InlineData(ObjectiveKind.Margin, true)]
    public void A_label_goes_up_or_down_whatever_the_others_do(ObjectiveKind kind, bool increase)
    {
        using TinyBundle tiny = new(classifier: TinyModels.Classifier(end: (ops, x) => ops.Sigmoid(x)));
        AffineClassifier exact = AffineClassifier.Of(4);
        double logit = exact.Logits(s_ws)[3], p = Sigmoid(logit);
        (double score, double slope) = kind switch
        {
            ObjectiveKind.LogProbability => increase ? (Math.Log(p), 1 - p) : (Math.Log(1 - p), -p),
            ObjectiveKind.Probability => (-p, -p * (1 - p)),
            _ => (logit, 1),
        };
        Evaluation e = tiny.Evaluate(s_ws, 3, new() { Objective = new() { Kind = kind, Increase = increase } });
        Assert.Equal(score, e.Score, 1e-5);
        Assert.Equal(exact.Jacobian(3).Select(d => slope * d), e.Gradient.ToArray().Select(g => (double)g), (a, b) =>
            Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void Of_several_outputs_one_that_can_hold_scores_is_taken_and_told()
    {
        ModelProto model = TinyModels.Classifier();
        AddOutput(model, "Identity", "pixels", "map", DataType.Float, [-1, 1, 4, 5]);
        AddOutput(model, "Shape", "scores", "number", DataType.Int64, [2]);
        using TinyBundle tiny = new(classifier: model), plain = new();
        string note = Assert.Single(tiny.Build().Facts.Notes);
        Assert.Contains("3 outputs", note, StringComparison.Ordinal);
        Assert.Contains("'scores' is used", note, StringComparison.Ordinal);
        Assert.Contains("--classifier-output", note, StringComparison.Ordinal);
        Assert.Equal(plain.Evaluate(s_ws, 1).Probability, tiny.Evaluate(s_ws, 1).Probability);
        Assert.Empty(plain.Build().Facts.Notes);
    }

    [Fact]
    public void An_output_asked_for_by_name_wins_over_the_manifests()
    {
        ModelProto model = TinyModels.Classifier();
        AddOutput(model, "Neg", "scores", "opposite", DataType.Float, [-1, 4]);
        using TinyBundle tiny = new(classifier: model, change: m =>
            m with { Classifier = m.Classifier! with { Output = "opposite", Kind = ClassifierOutput.Probabilities } });
        GraphFacts facts = GraphBuilder.Build(tiny.Open(new() { ClassifierOutput = "scores" }), new()).Facts;
        Assert.Equal(ClassifierOutput.Logits, facts.Kind); // what is said of one output is not said of another
        Assert.Empty(facts.Notes);
        Problem problem = Refused.By<ModelContractException>(() =>
            GraphBuilder.Build(tiny.Open(new() { ClassifierOutput = "logits" }), new()));
        Assert.Equal("one named 'logits'", problem.Expected);
        Assert.Contains("opposite", problem.Found, StringComparison.Ordinal);
        Assert.Contains("--classifier-output", problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ClassifierOutput.Probabilities, "sum to", "logits")]
    [InlineData(ClassifierOutput.Labels, "values from", "logits")]
    public void What_is_said_to_be_probabilities_and_is_not_is_refused(ClassifierOutput kind, string found, string fix)
    {
        Problem problem = OfFirstPicture(TinyModels.Classifier(end: (ops, x) => ops.Mul(x, ops.Scalar(10))), kind);
        Assert.Equal("classifier-not-probabilities", problem.Code);
        Assert.Contains(found, problem.Found, StringComparison.Ordinal);
        Assert.Contains("photo.png", problem.Found, StringComparison.Ordinal);
        Assert.Contains(fix, problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_are_said_to_be_classes_are_refused_with_the_word_for_them()
    {
        Problem problem = OfFirstPicture(TinyModels.Classifier(end: (ops, x) => ops.Sigmoid(x)), ClassifierOutput.Probabilities);
        Assert.Equal("classifier-not-probabilities", problem.Code);
        Assert.Contains("\"labels\"", problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ClassifierOutput.Logits)]
    [InlineData(ClassifierOutput.Probabilities)]
    public void What_is_no_number_is_refused_with_the_names_of_model_and_picture(ClassifierOutput kind)
    {
        Problem problem = OfFirstPicture(TinyModels.Classifier(end: (ops, x) => ops.Add(x, ops.Log(ops.Scalar(-1)))), kind);
        Assert.Equal("classifier-not-finite", problem.Code);
        Assert.EndsWith("classifier.onnx", problem.Where, StringComparison.Ordinal);
        Assert.Contains("photo.png", problem.Found, StringComparison.Ordinal);
    }

    static Problem OfFirstPicture(ModelProto classifier, ClassifierOutput kind)
    {
        using TinyBundle tiny = new(classifier: classifier, change: m => m with { Classifier = m.Classifier! with { Kind = kind } });
        using ClassifierSession session = ClassifierSession.Open(tiny.Open(), new());
        return Refused.By<ModelContractException>(() => session.Classifier.Classify(TinyModels.Numbers(3, 20), "photo.png", s_token));
    }

    static ModelProto WithOutput(long[] shape) =>
        TinyModels.Make([new("pixels", [shape[0], 1, 4, 5])], new("scores", shape), ops => ops.Reshape(Logits(ops, 4), ops.Longs(shape)));

    static string Logits(GraphWriter ops, long classes) => TinyModels.Affine(ops, "pixels", 20, TinyModels.ClassifierSeed, -1, classes);

    static void AddOutput(ModelProto model, string op, string input, string name, DataType type, long[] shape)
    {
        model.Graph.Node.Add(new NodeProto { OpType = op, Name = name, Input = { input }, Output = { name } });
        model.Graph.Output.Insert(0, new TinyPort(name, shape, type).Declare());
    }

    static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
