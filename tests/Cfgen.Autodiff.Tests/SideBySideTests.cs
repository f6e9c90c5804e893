using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>Gradients of neighbouring parts of a value are put side by side instead of padded and added.</summary>
public sealed class SideBySideTests
{
    [Theory]
    [InlineData(1, 0, "0-2 2-3 3-6")]
    [InlineData(1, 0, "3-6 0-2 2-3")] // in any order
    [InlineData(1, 1, "1-2 2-3")] // zeros around both
    [InlineData(2, 1, "0-6 2-3")] // all of it, and a part again
    [InlineData(2, 2, "0-2 3-4 4-6")] // a gap: x has no gradient there
    [InlineData(1, 0, "0-3 0-3 3-6 3-6")] // each twice: the same slice
    [InlineData(2, 2, "0-2 1-3 2-4")] // overlapping: the first and the last fit
    public void Parts_of_one_axis_become_one(int summands, int pads, string parts)
    {
        (ModelProto model, string y) = Models.Of([("x", [2, 6, 3])], ops => Product(ops, [.. parts.Split(' ').Select(part =>
        {
            long[] bounds = [.. part.Split('-').Select(long.Parse)];
            return ops.Slice("x", [bounds[0]], [bounds[1]], [1]);
        })]));
        CheckParts(model, y, summands, pads);
    }

    [Fact]
    public void Queries_keys_and_values_become_one()
    {
        (ModelProto model, string y) = Models.Of([("x", [3, 2, 4])], ops => Product(ops, [.. Enumerable.Range(0, 3).Select(i => ops.Emit("Gather", ["x", ops.Emit("Constant", [], Int("value_int", i))], Int("axis", 0)))]));
        CheckParts(model, y, summands: 1, pads: 0);
    }

    [Fact]
    public void Parts_of_two_axes_stay_apart()
    {
        (ModelProto model, string y) = Models.Of([("x", [2, 6, 3])], ops => Product(ops, [ops.Slice("x", [0], [1], [0]), ops.Slice("x", [1], [2], [0]), ops.Slice("x", [0], [3], [1]), ops.Slice("x", [3], [6], [1])]));
        CheckParts(model, y, summands: 2, pads: 0);
    }

    /// <summary>The sum of all elements of all parts, squared.</summary>
    static string Product(GraphWriter ops, string[] parts) =>
        ops.Sum([.. parts.Select((part, i) => ops.Emit("ReduceSum", [ops.Mul(ops.Mul(part, part), ops.Scalar(i + 1))], Int("keepdims", 0)))]);

    static void CheckParts(ModelProto model, string y, int summands, int pads)
    {
        ModelProto graph = Gradients.Graph(model, y, "x");
        NodeProto last = graph.Graph.Node.Single(n => n.Output.Contains("dx"));
        Assert.Equal(summands, last.OpType is "Add" or "Sum" ? last.Input.Count : 1);
        Assert.Equal(pads, graph.Graph.Node.Count(n => n.OpType == "Pad"));
        Random random = new(2);
        long[] shape = [.. model.Graph.Input[0].Type.TensorType.Shape.Dim.Select(d => d.DimValue)];
        CentralDifferences.Check(model, y, new Dictionary<string, Tensor> { ["x"] = Tensor.Draw(DataType.Double, shape, random) }, ["x"], random);
    }
}
