using Cfgen.Autodiff;
using Cfgen.Inference.Gradients;
using Cfgen.Inference.Graphs;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Tests;

/// <summary>
/// Convolutions whose weights are scaled by styles become convolutions with constant weights of pictures that are scaled, however they are
/// written.
/// </summary>
public sealed class ModulatedConvolutionTests
{
    const int In = ModulatedNetwork.In, Out = ModulatedNetwork.Out;

    /// <summary>Every network of its kind that is written in a way of its own.</summary>
    static IEnumerable<ModulatedNetwork> Networks(int n, bool transposed) =>
    [
        new(n, transposed, ""),
        new(n, transposed, "") { Kernel = 1, Gain = 0.3 },
        .. from square in new[] { "Pow", "Mul", "ReduceSumSquare" }
           from keeps in new[] { false, true }
           from late in new[] { false, true }
           select new ModulatedNetwork(n, transposed, square)
           {
               KeepsAxes = keeps,
               DemodulatesLate = late,
               Divides = keeps != late,
               Gain = late ? 0.7 : null,
           },
    ];

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public void A_layer_of_a_generator_has_constant_weights(int n, bool transposed)
    {
        foreach (ModulatedNetwork network in Networks(n, transposed))
        {
            (ModelProto before, ModelProto after, IReadOnlyDictionary<string, TensorType> types) = ModulationCheck.Run(network.Model());
            Assert.Single(ModulationCheck.Computed(before));
            AssertConstant(network.Model(), after);
            Assert.Empty(Weights(after, types));
            // the picture's rows stay apart
            Assert.DoesNotContain(
                after.Graph.Node, node => node.OpType == "Reshape" && types[node.Output[0]].Shape is [_, _, { Fixed: > 1 }, _]);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Weights_that_are_read_again_are_still_computed_for_that(bool transposed)
    {
        ModulatedNetwork network = new(2, transposed, "Mul") { IsReadAgain = true };
        (_, ModelProto after, IReadOnlyDictionary<string, TensorType> types) = ModulationCheck.Run(network.Model());
        AssertConstant(network.Model(), after);
        Assert.NotEmpty(Weights(after, types));
        Assert.DoesNotContain(after.Graph.Node, node => node.OpType == "ReduceSum");
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Further_factors_and_divisors_of_either_side_are_taken_along(int n, bool transposed)
    {
        ModulatedNetwork network = new(n, transposed, "Pow")
        {
            Also = (ops, w) =>
            {
                string outputs = ops.Mul(w, ModulatedNetwork.Factor(ops, n, Out, 1, 1, 1)),
                    inputs = ops.Div(outputs, ModulatedNetwork.Factor(ops, n, 1, In, 1, 1));
                return ops.Div(ops.Mul(ops.Real([2, 0.5, -1], Out, 1, 1, 1), inputs), ops.Real([1, 2, 4, 0.5, -1, 3, 1, 2, 1], 3, 3));
            },
        };
        (_, ModelProto after, IReadOnlyDictionary<string, TensorType> types) = ModulationCheck.Run(network.Model());
        AssertConstant(network.Model(), after);
        Assert.Empty(Weights(after, types));
    }

    [Fact]
    public void Scaled_pictures_beside_a_sum_over_scaled_weights_need_no_such_weights()
    {
        ModelProto model = TinyModels.Make([new("x", [2, In, 4, 4]), new("style", [2, In])], new("y", [2, Out, 4, 4]), ops =>
        {
            double[] numbers = TinyModels.Weights(1, Out * In * 9);
            string scaled = ops.Mul(ops.Real(numbers, 1, Out, In, 3, 3), ops.Reshape("style", ops.Longs(2, 1, In, 1, 1)));
            string d =
                ops.Reciprocal(ops.Sqrt(ops.Add(ops.ReduceSum(ops.Mul(scaled, scaled), [2, 3, 4], keepDims: false), ops.Scalar(0.01))));
            string y = ops.Conv(
                ops.Mul("x", ops.Unsqueeze("style", 2, 3)), ops.Real(numbers, Out, In, 3, 3), [1, 1], [1, 1, 1, 1], [1, 1], 1);
            return ops.Mul(y, ops.Unsqueeze(d, 2, 3));
        });
        (_, ModelProto after, IReadOnlyDictionary<string, TensorType> types) = ModulationCheck.Run(model);
        Assert.Empty(Weights(after, types));
    }

    [Fact]
    public void The_channels_last_order_of_weights_is_followed()
    {
        // [N, k, k, i, o], as in TensorFlow; the demodulation sums over the axes between.
        ModelProto model = TinyModels.Make([new("x", [2, In, 4, 4]), new("style", [2, In])], new("y", [2, Out, 4, 4]), ops =>
        {
            string scaled =
                ops.Mul(ops.Real(TinyModels.Weights(1, Out * In * 9), 1, 3, 3, In, Out), ops.Reshape("style", ops.Longs(2, 1, 1, In, 1)));
            string d =
                ops.Reciprocal(ops.Sqrt(ops.Add(ops.ReduceSum(ops.Mul(scaled, scaled), [1, 2, 3], keepDims: false), ops.Scalar(0.01))));
            string weights =
                ops.Reshape(ops.Transpose(ops.Mul(scaled, ops.Unsqueeze(d, 1, 2, 3)), 1, 2, 3, 0, 4), ops.Longs(3, 3, In, 2 * Out));
            return ops.Reshape(
                ops.Conv(ops.Reshape("x", ops.Longs(1, 2 * In, 4, 4)), ops.Transpose(weights, 3, 2, 0, 1), [1, 1], [1, 1, 1, 1], [1, 1], 2),
                ops.Longs(2, Out, 4, 4));
        });
        (_, ModelProto after, IReadOnlyDictionary<string, TensorType> types) = ModulationCheck.Run(model);
        AssertConstant(model, after);
        Assert.Empty(Weights(after, types));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(-1)]
    public void One_style_for_all_rows_needs_no_groups(int n)
    {
        ModelProto model = TinyModels.Make([new("x", [n, In, 4, 4]), new("style", [In])], new("y", [n, Out, 4, 4]), ops =>
        {
            string scaled =
                ops.Mul(ops.Real(TinyModels.Weights(1, Out * In * 9), Out, In, 3, 3), ops.Reshape("style", ops.Longs(1, In, 1, 1)));
            string d =
                ops.Reciprocal(ops.Sqrt(ops.Add(ops.ReduceSum(ops.Mul(scaled, scaled), [1, 2, 3], keepDims: true), ops.Scalar(0.01))));
            return ops.Conv("x", ops.Mul(scaled, d), [1, 1], [1, 1, 1, 1], [1, 1], 1);
        });
        (_, ModelProto after, _) = ModulationCheck.Run(model);
        AssertConstant(model, after);
        Assert.DoesNotContain(after.Graph.Node, node => node.OpType == "ReduceSum");
    }

    [Fact]
    public void A_row_of_numbers_has_one_axis_of_space()
    {
        ModelProto model = TinyModels.Make([new("x", [2, In, 7]), new("style", [2, In])], new("y", [2, Out, 7]), ops =>
        {
            string weights =
                ops.Mul(ops.Real(TinyModels.Weights(1, Out * In * 3), 1, Out, In, 3), ops.Reshape("style", ops.Longs(2, 1, In, 1)));
            return ops.Reshape(
                ops.Conv(ops.Reshape("x", ops.Longs(1, 2 * In, 7)), ops.Reshape(weights, ops.Longs(2 * Out, In, 3)), [1], [1, 1], [1], 2),
                ops.Longs(2, Out, 7));
        });
        AssertConstant(model, ModulationCheck.Run(model).After);
    }

    [Fact]
    public void A_picture_that_is_not_reshaped_around_the_convolution_is_reshaped_within()
    {
        ModelProto model = TinyModels.Make([new("x", [1, 2 * In, 4, 4]), new("style", [2, In])], new("y", [1, 2 * Out, 4, 4]), ops =>
        {
            string weights =
                ops.Mul(ops.Real(TinyModels.Weights(1, Out * In), 1, Out, In, 1, 1), ops.Reshape("style", ops.Longs(2, 1, In, 1, 1)));
            return ops.Conv("x", ops.Reshape(weights, ops.Longs(2 * Out, In, 1, 1)), [1, 1], [0, 0, 0, 0], [1, 1], 2);
        });
        AssertConstant(model, ModulationCheck.Run(model).After);
    }

    [Fact]
    public void The_graphs_of_a_search_have_constant_weights()
    {
        ModelProto generator = TinyModels.Make(
            [new("ws", [1, TinyModels.NumWs, TinyModels.WDim])], new("picture", [1, 1, TinyModels.Height, TinyModels.Width]), ops =>
        {
            const int Codes = TinyModels.NumWs * TinyModels.WDim;
            string x = TinyModels.Affine(ops, "ws", Codes, 1, 1, In, TinyModels.Height, TinyModels.Width),
                s = TinyModels.Affine(ops, "ws", Codes, 2, 1, 1, In, 1, 1);
            string weights = ops.Reshape(ops.Mul(ops.Real(TinyModels.Weights(3, In * 9), 1, 1, In, 3, 3), s), ops.Longs(1, In, 3, 3));
            return ops.Reshape(
                ops.Conv(ops.Reshape(x, ops.Longs(1, In, TinyModels.Height, TinyModels.Width)), weights, [1, 1], [1, 1, 1, 1], [1, 1], 1),
                ops.Longs(1, 1, TinyModels.Height, TinyModels.Width));
        });
        Assert.Single(ModulationCheck.Computed(generator));
        using TinyBundle bundle = new(generator);
        foreach (ModelProto graph in new[] { bundle.Build().Gradient, InversionGraphBuilder.Build(bundle.Open()) })
        {
            Assert.Contains(graph.Graph.Node, node => node.OpType is "Conv" or "ConvTranspose");
            Assert.Empty(ModulationCheck.Computed(graph));
        }
    }

    /// <summary>Values that hold weights for each row.</summary>
    static NodeProto[] Weights(ModelProto model, IReadOnlyDictionary<string, TensorType> types) =>
        [.. model.Graph.Node.Where(
            node => types[node.Output[0]].Shape is { Count: 5 } shape && shape.Aggregate(1L, (count, d) => count * d.Fixed) >= In * Out)];

    static void AssertConstant(ModelProto model, ModelProto scaled)
    {
        Assert.Empty(ModulationCheck.Computed(scaled));
        Assert.Empty(ModulationCheck.Computed(GradientFile.Build(model, "model.onnx", new())));
    }
}
