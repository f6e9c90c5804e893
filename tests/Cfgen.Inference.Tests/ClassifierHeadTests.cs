using Cfgen.Counterfactuals;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Objectives;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Tests;

/// <summary>Whatever a classifier's output holds, the probabilities are its own.</summary>
public sealed class ClassifierHeadTests
{
    static readonly float[] s_ws = TinyModels.Numbers(1, 6);

    [Theory]
    [InlineData(1, true, ClassifierOutput.Sigmoid)]
    [InlineData(2, true, ClassifierOutput.Sigmoid)]
    [InlineData(1, false, ClassifierOutput.Logit)]
    [InlineData(2, false, ClassifierOutput.Logit)]
    public void A_single_output_is_the_second_of_two_classes(int rank, bool sigmoid, ClassifierOutput kind)
    {
        using TinyBundle tiny = new(classifier: TinyModels.TwoClasses(rank, sigmoid ? (ops, x) => ops.Sigmoid(x) : null));
        using Pipeline pipeline = Pipeline.Open(tiny.Open(), new(), _ => { });
        Assert.Equal((kind, 2), (pipeline.Facts.Kind, pipeline.Facts.Classes));

        double expected = 1 / (1 + Math.Exp(-AffineClassifier.Of(1).Logits(s_ws)[0]));
        CancellationToken token = TestContext.Current.CancellationToken;
        (Evaluation first, Evaluation second) =
            (pipeline.ObjectiveFor(0).Evaluate(s_ws, token), pipeline.ObjectiveFor(1).Evaluate(s_ws, token));
        Assert.Equal(1 - expected, first.Probability, 1e-6);
        Assert.Equal(expected, second.Probability, 1e-6);
        Assert.Equal(Math.Log(expected), second.Score, 1e-5);

        float[] judged = pipeline.Classifier.Classify(second.Image, token);
        Assert.Equal([1 - expected, expected], judged.Select(p => (double)p), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_single_output_has_the_gradient_of_its_sigmoid()
    {
        // d log p / d ws = (1 - p) d logit / d ws
        AffineClassifier exact = AffineClassifier.Of(1);
        double p = 1 / (1 + Math.Exp(-exact.Logits(s_ws)[0]));
        double[] expected = [.. exact.Jacobian(0).Select(d => (1 - p) * d)];
        foreach (bool sigmoid in new[] { true, false })
        {
            using TinyBundle tiny = new(classifier: TinyModels.TwoClasses(2, sigmoid ? (ops, x) => ops.Sigmoid(x) : null));
            Assert.Equal(expected, tiny.Evaluate(s_ws, 1).Gradient.ToArray().Select(g => (double)g), (a, b) => Math.Abs(a - b) < 1e-5);
        }
    }

    [Theory]
    [InlineData(ClassifierOutput.Auto, true)]
    [InlineData(ClassifierOutput.Probabilities, true)]
    [InlineData(ClassifierOutput.Probabilities, false)]
    public void Probabilities_are_taken_as_they_are(ClassifierOutput told, bool asSoftmax)
    {
        ModelProto classifier = TinyModels.Classifier(
            end: asSoftmax ? (ops, x) => ops.Softmax(x, 1) : (ops, x) => ops.Div(ops.Exp(x), ops.ReduceSum(ops.Exp(x), [1])));
        using TinyBundle tiny = new(classifier: classifier, change: m => m with { Classifier = m.Classifier! with { Kind = told } });
        Assert.Equal(ClassifierOutput.Probabilities, tiny.Build().Facts.Kind);
        AffineClassifier exact = AffineClassifier.Of(4);
        for (int target = 0; target < 4; target++)
        {
            Evaluation e = tiny.Evaluate(s_ws, target);
            Assert.Equal(exact.Probabilities(s_ws)[target], e.Probability, 1e-6);
            Assert.Equal(
                exact.LogProbabilityGradient(s_ws, target), e.Gradient.ToArray().Select(g => (double)g), (a, b) => Math.Abs(a - b) < 1e-5);
        }
    }

    [Fact]
    public void What_the_manifest_says_of_its_own_classifier_is_not_said_of_another()
    {
        using TinyBundle tiny = new(change: m => m with { Classifier = m.Classifier! with { Kind = ClassifierOutput.Logits } });
        using TemporaryFolder elsewhere = new();
        OnnxFile.Save(TinyModels.Classifier(end: (ops, x) => ops.Softmax(x, 1)), elsewhere["softmax.onnx"]);
        using Pipeline pipeline = Pipeline.Open(tiny.Open(new() { Classifier = elsewhere["softmax.onnx"] }), new(), _ => { });
        Assert.Equal(ClassifierOutput.Probabilities, pipeline.Facts.Kind);
    }

    [Fact]
    public void A_fixed_batch_of_one_works()
    {
        using TinyBundle one = new(classifier: TinyModels.Classifier(batch: 1)), free = new(),
            all = new(TinyModels.Generator(batch: 1), TinyModels.Classifier(batch: 1));
        Assert.Equal((false, true, false), (one.Build().Facts.BatchIsFree, free.Build().Facts.BatchIsFree, all.Build().Facts.BatchIsFree));
        Evaluation expected = free.Evaluate(s_ws, 3);
        foreach (Evaluation actual in new[] { one.Evaluate(s_ws, 3), all.Evaluate(s_ws, 3) })
        {
            Assert.Equal((expected.Score, expected.Probability), (actual.Score, actual.Probability));
            Assert.Equal(expected.Gradient.ToArray(), actual.Gradient.ToArray());
        }
    }
}
