using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Tests;

public sealed class MemoryEstimateTests
{
    [Fact]
    public void A_chain_by_hand()
    {
        // x 10 floats, two values of 10 on the way, y; two of them alive at any time. No constants.
        ModelProto model = TinyModels.Make([new("x", [-1, 10])], new("y", [-1, 10]), ops => ops.Neg(ops.Tanh(ops.Abs("x"))));
        Assert.Equal(new MemoryEstimate(Weights: 0, Forward: 80, Gradient: 160 + 80), MemoryEstimate.Of(model, "chain"));
    }

    [Fact]
    public void A_value_that_is_read_again_stays()
    {
        ModelProto model = TinyModels.Make([new("x", [-1, 10])], new("y", [-1, 10]), ops => ops.Add("x", ops.Neg(ops.Abs("x"))));
        Assert.Equal(120, MemoryEstimate.Of(model, "skip")!.Forward);
    }

    [Fact]
    public void Weights_are_counted_by_their_type()
    {
        ModelProto model = TinyModels.Make([new("x", [-1, 10])], new("y", [-1, 5]), ops => ops.MatMul("x", ops.Real(new double[50], 10, 5)));
        Assert.Equal(new MemoryEstimate(200, 200 + 60, 200 + 60 + 60), MemoryEstimate.Of(model, "layer"));
    }

    [Fact]
    public void Shapes_that_are_known_only_in_a_run_give_none()
    {
        ModelProto model = TinyModels.Make([new("x", [-1, 10])], new("y", [2, -1], TensorProto.Types.DataType.Int64), ops => ops.Emit("NonZero", ["x"]));
        Assert.Null(MemoryEstimate.Of(model, "dynamic"));
    }
}
