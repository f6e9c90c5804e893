using Cfgen.Counterfactuals;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Tests;

public sealed class OpsetTests
{
    [Theory]
    [InlineData(13)]
    [InlineData(17)]
    [InlineData(21)]
    public void Parts_of_different_opsets_give_what_parts_of_one_give(int opset)
    {
        // ReduceMean takes its axes as an attribute before opset 18 and as an input from then on: its node has to be rewritten.
        using TinyBundle mixed = new(classifier: WithMean(opset)), same = new(classifier: WithMean(TinyModels.Opset));
        float[] ws = TinyModels.Numbers(1, 6);
        (Evaluation a, Evaluation b) = (mixed.Evaluate(ws, 2), same.Evaluate(ws, 2));
        Assert.Equal((b.Score, b.Probability), (a.Score, a.Probability));
        Assert.Equal(b.Gradient.ToArray(), a.Gradient.ToArray());
    }

    [Theory]
    [InlineData(6, "too old")]
    [InlineData(99, "too new")]
    public void An_opset_that_is_not_known_is_refused_with_the_file(int opset, string what)
    {
        foreach (string file in new[] { "generator.onnx", "classifier.onnx" })
        {
            ModelProto odd = file == "generator.onnx" ? TinyModels.Generator() : TinyModels.Classifier();
            odd.OpsetImport[0].Version = opset;
            Problem problem = ContractCheck.Of(file == "generator.onnx" ? new(odd) : new(classifier: odd), file);
            Assert.Equal(("opset-unsupported", $"opset {opset}", "opset 7 to 25"), (problem.Code, problem.Found, problem.Expected));
            Assert.Contains(what, problem.What, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_operator_that_changed_its_meaning_is_refused_with_the_file()
    {
        ModelProto old = TinyModels.Classifier(opset: 18, end: (ops, x) =>
        {
            string grouped = ops.Emit(
                "GroupNormalization", [ops.Unsqueeze(x, 2), ops.Real([1, 1], 2), ops.Real([0, 0], 2)],
                new AttributeProto { Name = "num_groups", Type = AttributeProto.Types.AttributeType.Int, I = 2 });
            return ops.Squeeze(grouped, 2);
        });
        using TinyBundle tiny = new(TinyModels.Generator(opset: 21), old);
        Problem problem = Refused.By<ModelFormatException>(() => tiny.Build());
        Assert.Equal("operator-changed", problem.Code);
        Assert.StartsWith(tiny["classifier.onnx"], problem.Where, StringComparison.Ordinal);
    }

    static ModelProto WithMean(int opset)
    {
        ModelProto model = TinyModels.Classifier(opset: opset);
        NodeProto last = model.Graph.Node.Single(n => n.Output.Contains("scores"));
        last.Output[0] = "raw";
        NodeProto mean = new() { OpType = "ReduceMean", Name = "mean", Input = { "raw" }, Output = { "mean" } };
        if (opset < 18)
            mean.Attribute.Add(new AttributeProto { Name = "axes", Type = AttributeProto.Types.AttributeType.Ints, Ints = { 1 } });
        else mean.Input.Add(new GraphWriter(model, "mean/").Longs(1));
        model.Graph.Node.Add(mean);
        model.Graph.Node.Add(new NodeProto { OpType = "Mul", Name = "scores", Input = { "raw", "mean" }, Output = { "scores" } });
        return model;
    }
}
