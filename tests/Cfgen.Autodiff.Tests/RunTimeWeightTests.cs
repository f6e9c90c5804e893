using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>Weights that the graph computes itself, as a generator modulates them by a style, beside a batch of unknown size.</summary>
public sealed class RunTimeWeightTests
{
    [Fact]
    public void The_gradient_reaches_what_the_weights_are_made_of_through_a_free_batch()
    {
        (ModelProto model, string y) = Models.Of(
            [("x", [Models.Batch, 4, 5, 4]), ("w", [6, 2, 3, 2]), ("style", [1, 2, 1, 1])],
            ops => ops.Conv("x", ops.Mul("w", "style"), [2, 1], [1, 0, 1, 1], [1, 2], 2),
            type: DataType.Float);
        Random random = new(5);
        Dictionary<string, Tensor> feeds = new()
        {
            ["x"] = Tensor.Draw(DataType.Float, [3, 4, 5, 4], random),
            ["w"] = Tensor.Draw(DataType.Float, [6, 2, 3, 2], random),
            ["style"] = Tensor.Draw(DataType.Float, [1, 2, 1, 1], random),
        };

        CentralDifferences.Check(model, y, feeds, ["x", "w", "style"], random, step: 1, tolerance: 1e-4);
    }
}
