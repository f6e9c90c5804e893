using Cfgen.Autodiff;
using Cfgen.Inference.Gradients;
using Cfgen.Inference.Preparation;
using Cfgen.OnnxFormat;
using static Cfgen.Inference.Tests.RecurrentCase;

namespace Cfgen.Inference.Tests;

/// <summary>
/// A recurrent operator written as its steps gives what the runtime's own kernel gives, and has the gradient that central differences show,
/// by X, weights, biases and states.
/// </summary>
public sealed class RecurrentTests
{
    static readonly string[] s_all = ["B", "initial_h", "initial_c", "P"];

    static IEnumerable<RecurrentCase> All()
    {
        foreach (string op in new[] { "RNN", "GRU", "LSTM" })
        {
            string[] states = ["B", .. op == "LSTM" ? ["initial_h", "initial_c"] : new[] { "initial_h" }];
            int functions = op switch { "RNN" => 1, "GRU" => 2, _ => 3 };
            foreach (string direction in new[] { "forward", "reverse", "bidirectional" })
            {
                yield return new(op, direction) { Direction = direction, Opset = 7 };
                yield return new(op, $"{direction} with initial states") { Direction = direction, Given = states, Opset = 14 };
                yield return new(op, $"{direction}, layout 1") { Direction = direction, Given = states, IsBatchFirst = true };
                yield return new(op, $"{direction}, sequences that end") { Direction = direction, Given = states, Lengths = [2, 4] };
                yield return new(op, $"{direction}, ends that are computed") { Direction = direction, Lengths = [], Opset = 18 };
                yield return new(op, $"{direction}, layout 1 with ends")
                {
                    Direction = direction,
                    Lengths = [4, 3],
                    IsBatchFirst = true,
                    Opset = 14,
                };
                yield return new(op, $"{direction}, constant weights") { Direction = direction, Given = states, IsTrained = true };
            }
            yield return new(op, "no bias") { Given = [] };
            yield return new(op, "clip") { Attributes = [Real("clip", 0.2f)] };
            yield return new(op, "sequences that all end with the last step") { Lengths = [Steps, Steps] };
            yield return new(op, "no Y") { Outputs = [1] };
            yield return new(op, "no Y, sequences that end") { Outputs = [1], Lengths = [3, 2], Direction = "bidirectional" };
            yield return new(op, "Y alone") { Outputs = [0], Direction = "reverse", Lengths = [3, 2] };
            foreach (string name in new[] { "Relu", "Tanh", "Sigmoid", "Softsign", "Softplus" })
                yield return new(op, name) { Attributes = [Texts("activations", [.. Enumerable.Repeat(name, functions)])] };
            foreach ((string name, float alpha, float? beta) in new (string, float, float?)[]
            {
                ("Affine", 0.8f, 0.1f), ("LeakyRelu", 0.2f, null), ("ThresholdedRelu", 0.1f, null), ("ScaledTanh", 0.7f, 1.3f),
                ("HardSigmoid", 0.3f, 0.4f), ("Elu", 0.6f, null)
            })
            {
                float[] Steeper(float first) => [.. Enumerable.Range(0, functions).Select(k => first * (1 + 0.1f * k))];
                yield return new(op, name)
                {
                    Attributes = [
                    Texts("activations", [.. Enumerable.Repeat(name, functions)]), Reals("activation_alpha", Steeper(alpha)),
                    .. beta is { } b ? [Reals("activation_beta", Steeper(b))] : Array.Empty<AttributeProto>()
                ]
                };
            }
        }
        yield return new("RNN", "two directions, two functions")
        {
            Direction = "bidirectional",
            Attributes = [Texts("activations", "Tanh", "Affine"), Reals("activation_alpha", 0.9f), Reals("activation_beta", 0.1f)],
        };
        yield return new("RNN", "parameters left out")
        {
            Direction = "bidirectional",
            Attributes = [Texts("activations", "HardSigmoid", "LeakyRelu")],
            IsTrained = true,
        };
        yield return new("GRU", "linear before the reset") { Attributes = [Number("linear_before_reset", 1)] };
        yield return new("GRU", "linear before the reset, no bias") { Attributes = [Number("linear_before_reset", 1)], Given = [] };
        yield return new("GRU", "linear before the reset, two directions")
        {
            Attributes = [Number("linear_before_reset", 1), Real("clip", 0.3f)],
            Given = ["B", "initial_h"],
            Direction = "bidirectional",
            Lengths = [2, 3],
        };
        yield return new("GRU", "linear before the reset, constant weights")
        {
            Attributes = [Number("linear_before_reset", 1)],
            IsTrained = true,
        };
        yield return new("GRU", "parameters in the order of the functions")
        {
            Direction = "bidirectional",
            Attributes = [
            Texts("activations", "HardSigmoid", "Tanh", "sigmoid", "LEAKYRELU"), Reals("activation_alpha", 0.3f, 0.2f),
            Reals("activation_beta", 0.45f)
        ]
        };
        yield return new("GRU", "parameters left out") { Attributes = [Texts("activations", "HardSigmoid", "LeakyRelu")] };
        yield return new("LSTM", "parameters left out") { Attributes = [Texts("activations", "HardSigmoid", "Elu", "LeakyRelu")] };
        yield return new("LSTM", "parameters in the order of the functions")
        {
            Direction = "bidirectional",
            Attributes = [
            Texts("activations", "HardSigmoid", "ScaledTanh", "Tanh", "Sigmoid", "Affine", "Elu"),
            Reals("activation_alpha", 0.3f, 0.8f, 0.9f, 0.7f), Reals("activation_beta", 0.4f, 1.2f, 0.1f)
        ]
        };
        yield return new("LSTM", "peepholes") { Given = ["B", "P"] };
        yield return new("LSTM", "peepholes, two directions") { Given = s_all, Direction = "bidirectional", Lengths = [3, 4] };
        yield return new("LSTM", "peepholes, clip") { Given = s_all, Attributes = [Real("clip", 0.15f)] };
        yield return new("LSTM", "peepholes, constant") { Given = s_all, IsTrained = true, Direction = "reverse" };
        yield return new("LSTM", "coupled gates") { Given = ["B", "initial_c"], Attributes = [Number("input_forget", 1)] };
        yield return new("LSTM", "coupled gates, peepholes") { Given = s_all, Attributes = [Number("input_forget", 1)] };
        yield return new("LSTM", "initial hidden state alone") { Given = ["B", "initial_h"] };
        yield return new("LSTM", "Y_c alone") { Outputs = [2], Direction = "reverse" };
        yield return new("LSTM", "Y_c alone, sequences that end") { Outputs = [2], Lengths = [1, 3] };
        yield return new("LSTM", "a sequence of no step")
        {
            Lengths = [0, 3],
            Given = ["B", "initial_h", "initial_c"],
            Direction = "bidirectional",
        };
        yield return new("GRU", "a sequence of no step") { Lengths = [3, 0], Direction = "reverse" };
    }

    public static TheoryData<string> Names => [.. All().Select(c => c.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_and_gradient(string name)
    {
        RecurrentCase use = All().Single(c => c.ToString() == name);
        ModelProto stepsFirst = use.Model(batchFirst: false);
        DecompositionCheck.Run(use.Model(use.IsBatchFirst), numbers => DecompositionCheck.Run(stepsFirst, numbers, "y")[0].Values);
    }

    [Theory]
    [InlineData("forward")]
    [InlineData("reverse")]
    public void Padding_reaches_neither_outputs_nor_gradients(string direction)
    {
        ModelProto model =
            new RecurrentCase("GRU", "padded") { Lengths = [2, 4], Direction = direction, IsTrained = true }.Model(batchFirst: false);
        float[] x = TinyModels.Numbers(1, 2 * Steps * Inputs);
        x.AsSpan(2 * Inputs, 2 * Inputs).Fill(float.NaN); // the first sequence's third and fourth step
        Dictionary<string, (float[] Values, long[] Shape)> feeds = new() { ["x"] = (x, [2, Steps, Inputs]) };
        (float[] y, long[] shape) = DecompositionCheck.Run(model, feeds, "y")[0];
        feeds["y_cotangent"] = (TinyModels.Numbers(2, y.Length), shape);
        (float[] Values, long[] Shape)[] results =
            DecompositionCheck.Run(GradientFile.Build(model, "model.onnx", new()), feeds, "y", GradientFile.GradientOf("x"));
        Assert.All(y.Zip(results[0].Values), p => Assert.Equal(p.First, p.Second, 1e-5f));
        Assert.All(results[1].Values.Select((v, i) => (v, i)), g => Assert.Equal(g.i is >= 2 * Inputs and < 4 * Inputs, g.v == 0));
    }

    /// <summary>The first layer of a speech model as exporters write it: the steps are the free axis.</summary>
    [Theory]
    [InlineData("RNN")]
    [InlineData("GRU")]
    [InlineData("LSTM")]
    public void A_number_of_steps_that_is_not_known_is_refused_by_name(string opType)
    {
        ModelProto model = new RecurrentCase(opType, "free steps").Model(batchFirst: false);
        model.Graph.Input.Single(i => i.Name == "x").Type.TensorType.Shape =
            new TinyPort("x", [-1, 1, Inputs]).Declare().Type.TensorType.Shape;
        model.Graph.Node.Remove(model.Graph.Node.Single(n => n.Name == "x turned"));
        model.Graph.Node.Single(n => n.Name == "node").Input[0] = "x";
        Problem problem =
            Refused.By<NotDifferentiableException>(() => GradientFile.Build(model, "model.onnx", new() { WithRespectTo = ["x"] }));
        Assert.Equal(
            $"{opType} (1 node, such as 'node': its steps lie along axis 0 of 'x', which follows the batch: export the model with a fixed "
                + "number of steps)",
            problem.Found);
    }

    [Fact]
    public void Too_many_steps_are_refused()
    {
        ModelProto model = new RecurrentCase("LSTM", "long").Model(batchFirst: false);
        model.Graph.Input.Single(i => i.Name == "x").Type.TensorType.Shape =
            new TinyPort("x", [-1, 50_000, Inputs]).Declare().Type.TensorType.Shape;
        Assert.Contains(
            "LSTM (1 node, such as 'node': 50000 iterations of it make, with the model's other loops, more than 100000 nodes)",
            Refused.By<NotDifferentiableException>(() => GradientFile.Build(model, "model.onnx", new())).Found!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RNN", "ScaledTanh", "activation ScaledTanh without activation_alpha")]
    [InlineData("GRU", "ThresholdedRelu", "activation ThresholdedRelu without activation_alpha")]
    [InlineData("LSTM", "Affine", "activation Affine without activation_alpha")]
    public void A_parameter_that_the_runtime_takes_for_0_where_it_is_left_out_has_to_be_given(
        string opType, string activation, string found)
    {
        RecurrentCase use = new(opType, "no parameter")
        {
            Attributes = [Texts(
            "activations", [activation, .. opType switch { "RNN" => [], "GRU" => ["Tanh"], _ => new[] { "Tanh", "Tanh" } }])]
        };
        Assert.Equal(
            found, Refused.By<ModelFormatException>(() => ModelPreparation.Prepare(use.Model(batchFirst: false), "model.onnx")).Found);
    }

    /// <summary>What depends on constants alone costs nothing, and a step is as few nodes as its formula allows.</summary>
    [Theory]
    [InlineData("RNN", 2)]
    [InlineData("GRU", 9)]
    [InlineData("LSTM", 10)]
    public void A_step_of_a_trained_network_takes_few_nodes(string opType, int nodes)
    {
        GraphProto Prepared(long steps)
        {
            ModelProto model = new RecurrentCase(opType, "trained") { IsTrained = true }.Model(batchFirst: false);
            model.Graph.Input[0].Type.TensorType.Shape = new TinyPort("x", [-1, steps, Inputs]).Declare().Type.TensorType.Shape;
            return ModelPreparation.Prepare(model, "model.onnx").Model.Graph;
        }
        Assert.Equal(nodes, Prepared(8).Node.Count - Prepared(7).Node.Count);
        Assert.DoesNotContain(Prepared(7).Node, n => n.OpType is "Shape" or "Slice" or "Expand" or "Gather");
    }
}
