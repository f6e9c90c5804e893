using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Tests;

public sealed class MemoryEstimateTests
{
    [Fact]
    public void A_chain_by_hand()
    {
        // x is the caller's and stays; on the way two values of 10 floats are alive at any time. No constants.
        ModelProto model = TinyModels.Make([new("x", [-1, 10])], new("y", [-1, 10]), ops => ops.Neg(ops.Tanh(ops.Abs("x"))));
        Assert.Equal(
            new MemoryEstimate(Weights: 0, Forward: 120 * 3 / 2, Gradient: null),
            MemoryEstimate.Of(model, "chain")! with { Gradient = null });
    }

    [Fact]
    public void A_gradient_keeps_values_for_the_way_back()
    {
        ModelProto model = TinyModels.Make([new("x", [-1, 10])], new("y", [-1, 10]), ops => ops.Exp(ops.Exp(ops.Exp(ops.Exp("x")))));
        MemoryEstimate estimate = MemoryEstimate.Of(model, "chain")!;
        Assert.True(estimate.Gradient >= estimate.Forward + 2 * 40); // two more of the four values are still there when the third is made
    }

    [Fact]
    public void A_value_that_is_read_again_stays()
    {
        ModelProto model = TinyModels.Make(
            [new("x", [-1, 10])], new("y", [-1, 10]), ops => { string a = ops.Abs("x"); return ops.Add(ops.Neg(ops.Neg(a)), a); });
        Assert.Equal(160 * 3 / 2, MemoryEstimate.Of(model, "skip")!.Forward); // x, its magnitude, and two values on the way
    }

    [Fact]
    public void Another_shape_of_a_value_takes_no_memory()
    {
        ModelProto model = TinyModels.Make([new("x", [-1, 10])], new("y", [-1, 1, 10]), ops => ops.Unsqueeze(ops.Abs("x"), 1));
        MemoryEstimate estimate = MemoryEstimate.Of(model, "view")!;
        Assert.Equal(80 * 3 / 2, estimate.Forward - 2 * estimate.Weights);
    }

    [Fact]
    public void Weights_are_counted_by_their_type_and_held_twice()
    {
        ModelProto model =
            TinyModels.Make([new("x", [-1, 10])], new("y", [-1, 5]), ops => ops.MatMul("x", ops.Real(new double[50], 10, 5)));
        MemoryEstimate estimate = MemoryEstimate.Of(model, "layer")!;
        Assert.Equal((200, 2 * 200 + 60 * 3 / 2), (estimate.Weights, estimate.Forward));
    }

    [Fact]
    public void A_model_without_a_gradient_has_no_estimate_of_one()
    {
        ModelProto model = TinyModels.Make(
            [new("x", [-1, 10])], new("y", [-1, 10], TensorProto.Types.DataType.Bool), ops => ops.Greater("x", ops.Scalar(0)));
        Assert.Null(MemoryEstimate.Of(model, "decision")!.Gradient);
    }

    [Fact]
    public void Shapes_that_are_known_only_in_a_run_give_none()
    {
        ModelProto model =
            TinyModels.Make([new("x", [-1, 10])], new("y", [2, -1], TensorProto.Types.DataType.Int64), ops => ops.Emit("NonZero", ["x"]));
        Assert.Null(MemoryEstimate.Of(model, "dynamic"));
    }
}
