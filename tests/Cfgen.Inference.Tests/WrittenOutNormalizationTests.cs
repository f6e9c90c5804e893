using Cfgen.Inference.Gradients;
using Cfgen.Inference.Preparation;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Tests;

/// <summary>
/// A LayerNormalization in single operators, as models of opset 16 and older have it, is one operator again once it is prepared, and gives
/// the same; what only resembles one stays.
/// </summary>
public sealed class WrittenOutNormalizationTests
{
    const int Channels = 4;
    const double Epsilon = 1e-3;

    [Theory]
    [InlineData("power", "divided", "scale bias")]
    [InlineData("power", "divided", "scale")]
    [InlineData("power", "divided", "bias")]
    [InlineData("power", "divided", "")]
    [InlineData("product", "divided", "bias scale")] // the bias is part of it, the scale behind that is not
    [InlineData("product", "multiplied", "scale bias")]
    [InlineData("power", "inverse first", "scale bias")]
    [InlineData("power", "1 divided", "scale bias")]
    [InlineData("centred twice", "divided", "scale bias")]
    public void Every_way_to_write_it_is_known(string square, string quotient, string behind)
    {
        GraphProto graph = Check(true, ops =>
        {
            string centred = Centred(ops);
            string squared = square switch
            {
                "power" => ops.Pow(centred, ops.Scalar(2)),
                "product" => ops.Mul(centred, centred),
                _ => ops.Pow(Again(ops, centred), ops.Scalar(2)),
            };
            string root = Root(ops, squared);
            string y = quotient switch
            {
                "divided" => ops.Div(centred, root),
                "multiplied" => ops.Mul(centred, ops.Reciprocal(root)),
                "1 divided" => ops.Mul(centred, ops.Div(ops.Scalar(1), root)),
                _ => ops.Mul(ops.Reciprocal(root), centred)
            };
            foreach (string part in behind.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                y = part == "scale" ? ops.Mul(y, Vector(ops)) : ops.Add(Vector(ops), y);
            return y;
        });
        Assert.DoesNotContain(graph.Node, n => n.OpType is "Sqrt" or "ReduceMean");
    }

    [Fact]
    public void Two_behind_each_other_are_both_known() =>
        Assert.Equal(
            2,
            Check(true, ops => Plain(ops, ops.Tanh(ops.Mul(Plain(ops, "x"), Vector(ops))))).Node
                .Count(n => n.OpType == "LayerNormalization"));

    [Fact]
    public void A_scale_that_is_computed_stays_behind_it() =>
        Assert.Contains(Check(true, ops => ops.Mul(Plain(ops, "x"), ops.Tanh("x"))).Node, n => n.OpType == "Mul");

    [Fact]
    public void A_scale_of_another_length_stays_behind_it() =>
        Assert.Contains(Check(true, ops => ops.Mul(Plain(ops, "x"), ops.Real([1, 2, 3], 3, 1))).Node, n => n.OpType == "Mul");

    [Fact]
    public void The_mean_along_another_axis_is_another_function() => Check(false, ops => Plain(ops, "x", axis: 1));

    [Fact]
    public void Another_power_is_another_function() =>
        Check(false, ops => ops.Div(Centred(ops), Root(ops, ops.Pow(Centred(ops), ops.Scalar(4)))));

    [Fact]
    public void The_square_of_another_difference_is_another_function() => Check(false, ops =>
    {
        string other = ops.Sub("x", ops.ReduceMean(ops.Tanh("x"), [-1]));
        return ops.Div(Centred(ops), Root(ops, ops.Mul(other, other)));
    });

    [Fact]
    public void A_root_that_is_read_elsewhere_stays() => Check(false, ops =>
    {
        string centred = Centred(ops), root = Root(ops, ops.Mul(centred, centred));
        return ops.Add(ops.Div(centred, root), root);
    });

    [Fact]
    public void A_part_that_is_an_output_stays()
    {
        ModelProto model = Model(ops => Plain(ops, "x"));
        model.Graph.Output.Add(new ValueInfoProto { Name = model.Graph.Node.Single(n => n.OpType == "Sqrt").Output[0] });
        Assert.DoesNotContain(ModelPreparation.Prepare(model, "model.onnx").Model.Graph.Node, n => n.OpType == "LayerNormalization");
    }

    /// <summary>Compares outputs, and the gradient with central differences.</summary>
    /// <returns>The prepared graph.</returns>
    static GraphProto Check(bool known, Func<GraphWriter, string> body)
    {
        ModelProto model = Model(body);
        GraphProto graph = ModelPreparation.Prepare(model, "model.onnx").Model.Graph;
        Assert.Equal(known, graph.Node.Any(n => n.OpType == "LayerNormalization"));
        long[] shape = [2, 3, Channels];
        float[] x = TinyModels.Numbers(1, 2 * 3 * Channels), direction = TinyModels.Numbers(2, x.Length),
            cotangent = TinyModels.Numbers(3, x.Length);
        Assert.Equal(
            At(model, 0),
            At(new()
            {
                IrVersion = 10,
                Graph = graph,
                OpsetImport = { new OperatorSetIdProto { Version = ModelPreparation.LowestOpset } }
            }, 0),
            (a, b) => Math.Abs(a - b) < 1e-5);
        const float Step = 1e-3f;
        double measured = At(model, Step).Zip(At(model, -Step), (a, b) => (a - b) / (2.0 * Step)).Zip(cotangent, (d, c) => d * c).Sum();
        float[] slope = DecompositionCheck.Run(
            GradientFile.Build(model, "model.onnx", new()), new() { ["x"] = (x, shape), ["y_cotangent"] = (cotangent, shape) },
            "x_gradient")[0].Values;
        Assert.Equal(measured, slope.Zip(direction, (g, d) => (double)g * d).Sum(), 2e-3 * (1 + Math.Abs(measured)));
        return graph;

        float[] At(ModelProto what, float step) =>
            DecompositionCheck.Run(what, new() { ["x"] = ([.. x.Zip(direction, (v, d) => v + step * d)], shape) }, "y")[0].Values;
    }

    /// <summary>A model of opset 13, which has no such operator.</summary>
    static ModelProto Model(Func<GraphWriter, string> body) =>
        TinyModels.Make([new("x", [-1, 3, Channels])], new("y", [-1, 3, Channels]), body, opset: 13);

    static string Centred(GraphWriter ops) => ops.Sub("x", ops.ReduceMean("x", [-1]));

    /// <summary>
    /// The same difference in a node of its own, as older exporters wrote it; a writer that renamed something does not remember what it
    /// wrote.
    /// </summary>
    static string Again(GraphWriter ops, string centred)
    {
        ops.Rename(centred, "first");
        return Centred(ops);
    }

    static string Root(GraphWriter ops, string squared) => ops.Sqrt(ops.Add(ops.ReduceMean(squared, [-1]), ops.Scalar(Epsilon)));

    static string Plain(GraphWriter ops, string x, int axis = -1)
    {
        string centred = ops.Sub(x, ops.ReduceMean(x, [axis]));
        return ops.Div(centred, ops.Sqrt(ops.Add(ops.Scalar(Epsilon), ops.ReduceMean(ops.Pow(centred, ops.Scalar(2)), [axis]))));
    }

    static string Vector(GraphWriter ops) => ops.Real([0.5, 1, 1.5, -2], Channels);
}
