using Cfgen.Inference.Preparation;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>
/// A picture turned and scaled by numbers that the model computes, as exporters write it: the grid's size is read from a shape.
/// </summary>
public sealed class SpatialTransformerTests
{
    const int Opset = 20;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Picture_and_motion_have_gradients_in_a_free_batch(bool otherSize)
    {
        (ModelProto model, string output) = Models.Of([("x", [Models.Batch, 2, 5, 6]), ("motion", [Models.Batch, 2, 3])], ops =>
        {
            string shape = ops.Shape("x");
            string size = otherSize ? ops.Concat([ops.Slice(shape, [0], [1], [0]), ops.Longs(2, 4, 3)], 0) : shape;
            return ops.Emit("GridSample", ["x", ops.Emit("AffineGrid", ["motion", size])]);
        }, Opset);
        Random random = new(6);
        Dictionary<string, Tensor> feeds = new()
        {
            ["x"] = Tensor.Draw(DataType.Double, [2, 2, 5, 6], random),
            ["motion"] = Tensor.Draw(DataType.Double, [2, 2, 3], random),
        };

        (ModelProto prepared, IReadOnlyDictionary<string, TensorType> types) = ModelPreparation.Prepare(model, "the model under test");

        CentralDifferences.Check(prepared, output, feeds, ["x", "motion"], random, types: types);
    }
}
