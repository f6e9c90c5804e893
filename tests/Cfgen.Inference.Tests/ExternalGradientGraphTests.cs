using Cfgen.Counterfactuals;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Objectives;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Tests;

public sealed class ExternalGradientGraphTests : IDisposable
{
    static readonly float[] s_ws = TinyModels.Numbers(1, 6);

    readonly TinyBundle _tiny = new();
    readonly TemporaryFolder _folder = new();
    readonly string _saved;

    public ExternalGradientGraphTests()
    {
        _saved = _folder["gradient.onnx"];
        _tiny.Evaluate(s_ws, 0, new() { SaveGradientGraph = _saved });
    }

    public void Dispose()
    {
        _folder.Dispose();
        _tiny.Dispose();
    }

    [Fact]
    public void Our_own_saved_graph_gives_the_same_bits()
    {
        (Evaluation own, Evaluation foreign) = (_tiny.Evaluate(s_ws, 2), _tiny.Evaluate(s_ws, 2, new() { GradientGraph = _saved }));
        Assert.Equal((own.Score, own.Probability), (foreign.Score, foreign.Probability));
        Assert.Equal(own.Gradient.ToArray(), foreign.Gradient.ToArray());
        Assert.Equal(own.Image.ToArray(), foreign.Image.ToArray());
    }

    [Fact]
    public void The_graph_saved_from_the_cache_is_the_one_that_was_built()
    {
        PipelineSettings cached = new() { CacheFolder = _folder["cache"] };
        foreach (string name in new[] { "first.onnx", "second.onnx" })
            _tiny.Evaluate(s_ws, 0, cached with { SaveGradientGraph = _folder[name] });
        Assert.Equal(File.ReadAllBytes(_saved), File.ReadAllBytes(_folder["first.onnx"]));
        Assert.Equal(File.ReadAllBytes(_saved), File.ReadAllBytes(_folder["second.onnx"]));
    }

    [Fact]
    public void It_stands_in_where_an_operator_has_no_rule()
    {
        using TinyBundle tiny = new(classifier: TinyModels.Classifier(end: (ops, x) => ops.Emit("Bernoulli", [x])));
        Evaluation foreign = tiny.Evaluate(s_ws, 2, new() { GradientGraph = _saved, CacheFolder = _folder["cache"] });
        Assert.Equal(_tiny.Evaluate(s_ws, 2).Gradient.ToArray(), foreign.Gradient.ToArray());
    }

    [Theory]
    [InlineData(GraphNames.Gradient, "Single[N, 2, 3]")]
    [InlineData(GraphNames.Score, "Single[N]")]
    [InlineData(GraphNames.Probability, "Single[N]")]
    [InlineData(GraphNames.Image, "Single[N, 1, 4, 5]")]
    public void A_missing_output_is_named(string name, string shape)
    {
        Problem problem = RefusedAfter(model => model.Graph.Output.Remove(model.Graph.Output.Single(o => o.Name == name)));
        Assert.Equal($"'{name}' of {shape}", problem.Expected);
        Assert.DoesNotContain(name, problem.Found!.Split(", "));
    }

    [Theory]
    [InlineData(GraphNames.Ws, "Single[N, 2, 3]")]
    [InlineData(GraphNames.Target, "Int64[N]")]
    public void A_missing_input_is_named(string name, string shape)
    {
        Problem problem = RefusedAfter(model =>
        {
            model.Graph.Input.Single(i => i.Name == name).Name = "other";
            foreach (NodeProto node in model.Graph.Node)
                for (int i = 0; i < node.Input.Count; i++)
                    if (node.Input[i] == name) node.Input[i] = "other";
        });
        Assert.Equal($"'{name}' of {shape}", problem.Expected);
        Assert.Contains("other", problem.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GraphNames.Gradient, "'gradient' of Single[?, 6]", "'gradient' of Single[N, 2, 3]")]
    [InlineData(GraphNames.Image, "'image' of Single[?, 20]", "'image' of Single[N, 1, 4, 5]")]
    public void An_output_of_another_shape_is_told(string name, string found, string expected)
    {
        Problem problem = RefusedAfter(model => Replace(
            model, name, (ops, x) => ops.Reshape(x, ops.Longs(-1, name == GraphNames.Image ? 20 : 6)), DataType.Float,
            [-1, name == GraphNames.Image ? 20 : 6]));
        Assert.Equal((found, expected), (problem.Found, problem.Expected));
    }

    [Fact]
    public void An_output_of_another_type_is_told()
    {
        Problem problem =
            RefusedAfter(model => Replace(model, GraphNames.Score, (ops, x) => ops.Cast(x, DataType.Double), DataType.Double, [-1]));
        Assert.Equal(("'score' of Double[?]", "'score' of Single[N]"), (problem.Found, problem.Expected));
    }

    [Fact]
    public void A_graph_of_another_generator_is_told()
    {
        using TinyBundle other = new(TinyModels.Generator(numWs: 5));
        Problem problem =
            Refused.By<ModelContractException>(() => other.Evaluate(TinyModels.Numbers(1, 15), 0, new() { GradientGraph = _saved }));
        Assert.Equal(("'ws' of Single[?, 2, 3]", "'ws' of Single[N, 5, 3]"), (problem.Found, problem.Expected));
    }

    [Fact]
    public void A_missing_file()
    {
        Problem problem = Refused.By<InputException>(() => _tiny.Evaluate(s_ws, 0, new() { GradientGraph = _folder["nowhere.onnx"] }));
        Assert.Equal(_folder["nowhere.onnx"], problem.Where);
    }

    [Fact]
    public void A_file_that_is_no_model()
    {
        string path = _folder.File("text.onnx", "not a model"u8.ToArray());
        Problem problem = Refused.By<ModelContractException>(() => _tiny.Evaluate(s_ws, 0, new() { GradientGraph = path }));
        Assert.Equal(("model-refused", path), (problem.Code, problem.Where));
    }

    Problem RefusedAfter(Action<ModelProto> change)
    {
        ModelProto model = OnnxFile.Load(_saved);
        change(model);
        string path = _folder["changed.onnx"];
        OnnxFile.Save(model, path);
        Problem problem = Refused.By<ModelContractException>(() => _tiny.Evaluate(s_ws, 0, new() { GradientGraph = path }));
        Assert.Equal(("gradient-graph-contract", path), (problem.Code, problem.Where));
        return problem;
    }

    /// <summary>Puts something behind an output and calls it as the output was.</summary>
    static void Replace(ModelProto model, string name, Func<GraphWriter, string, string> body, DataType type, long[] shape)
    {
        foreach (NodeProto node in model.Graph.Node)
        {
            for (int i = 0; i < node.Output.Count; i++) if (node.Output[i] == name) node.Output[i] = "before";
            for (int i = 0; i < node.Input.Count; i++) if (node.Input[i] == name) node.Input[i] = "before";
        }
        int place = model.Graph.Output.Select(o => o.Name).ToList().IndexOf(name);
        model.Graph.Output[place] = new TinyPort(name, shape, type).Declare();
        GraphWriter ops = new(model, "changed/");
        model.Graph.Node.Add(new NodeProto { OpType = "Identity", Name = "changed", Input = { body(ops, "before") }, Output = { name } });
    }
}
