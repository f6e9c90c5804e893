using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>
/// Uses of an operator that its rule does not cover are refused with the node's name: no gradient rather than a wrong one.
/// </summary>
public sealed class UncoveredUseTests
{
    static readonly GradientCase[] s_uses =
    [
        new GradientCase(
            "BatchNormalization", "in training", Variable(2, 2), Constant(2), Constant(2), Constant(2),
            Constant(2).Within(1, 2)).With(Int("training_mode", 1)) with { Outputs = 3 },
        new GradientCase("Concat", "rows of a free batch", Variable(2, 3), Variable(2, 3)).With(Int("axis", 0)).Free(),
        new("Dropout", "in training", Variable(3), Number(0.5), new Operand(OperandRole.Constant) { Type = DataType.Bool, Values = [1] }),
        new GradientCase("Gather", "a row of a free batch", Variable(2, 3), Long(0)).Free(),
        new GradientCase("AffineGrid", "corners of an axis of length 1", Variable(1, 2, 3), Longs(1, 1, 1, 3))
            .With(Int("align_corners", 1)) with { Opsets = [20] },
        new GradientCase("GridSample", "cubic in a volume", Variable(1, 1, 2, 3, 4), Variable(1, 1, 1, 2, 3)).With(Text("mode", "cubic")),
        new GradientCase("LayerNormalization", "mean used too", Variable(2, 4), Constant(4)) with
        {
            Outputs = 2,
            After = (ops, y) => ops.Add(y[0], y[1]),
        },
        new GradientCase("MaxPool", "column major, indices used", Variable(1, 1, 4, 4))
            .With(Ints("kernel_shape", 2, 2), Int("storage_order", 1)) with
        {
            Outputs = 2,
            After = (ops, y) => ops.Add(y[0], ops.Cast(y[1], DataType.Float)),
        },
        new GradientCase("MaxPool", "before opset 16", Variable(1, 1, 4, 4)).With(Ints("kernel_shape", 2, 2)).In(13),
        new GradientCase("ReduceMean", "over a free batch", Variable(2, 3), Longs(0)).Free(),
        new GradientCase("Pad", "reflect, cut at the other end", Variable(1, 5), Longs(0, -1, 0, 2)).With(Text("mode", "reflect")),
        new GradientCase("Pad", "wrap, cut at the other end", Variable(1, 5), Longs(0, 2, 0, -1)).With(Text("mode", "wrap")),
        new GradientCase("Resize", "crop of the same size", Variable(5), Constant(2).Of(0.2, 0.9), Absent, Longs(5))
            .With(Text("coordinate_transformation_mode", "tf_crop_and_resize")),
        new("Resize", "a scale that changes no length anywhere", Variable(1, 5), Absent, Constant(2).Of(1, 1.1))
        {
            Attributes = [Text("mode", "linear")],
        },
        new GradientCase("Resize", "linear, tf_half_pixel_for_nn, channels beside", Variable(1, 2, 3, 4), Absent, Absent, Longs(1, 2, 5, 3))
            .With(Text("mode", "linear"), Text("coordinate_transformation_mode", "tf_half_pixel_for_nn")),
        new("Resize", "nearest, half_pixel_symmetric, a remainder", Variable(7), Absent, Constant(1).Of(0.6))
        {
            Attributes = [Text("coordinate_transformation_mode", "half_pixel_symmetric")],
        },
        new("Resize", "antialias, a scale that changes no length", Variable(1, 1, 5, 4), Absent, Constant(4).Of(1, 1, 1.1, 0.5))
        {
            Attributes = [Text("mode", "linear"), Int("antialias", 1)],
        },
        new GradientCase("Slice", "part of a free batch", Variable(3, 2), Longs(1), Longs(2), Longs(0)).Free(),
        new GradientCase("Slice", "free batch reversed", Variable(3, 2), Longs(-1), Longs(long.MinValue), Longs(0), Longs(-1)).Free(),
        new("Gather", "indices of run time before adding at indices", Variable(3), Indices(1)) { Opsets = [13] },
        new("GatherElements", "before adding at indices", Variable(3), Indices(1)) { Opsets = [13] },
        new("GatherND", "before adding at indices", Variable(3), Indices(1)) { Opsets = [13] },
        new("TopK", "before adding at indices", Variable(3), Longs(2)) { Opsets = [13], Outputs = 2, After = (_, outputs) => outputs[0] },
    ];

    public static TheoryData<string> Names => [.. s_uses.Select(c => c.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_use_that_no_rule_covers_is_refused_with_its_node(string name)
    {
        GradientCase c = s_uses.Single(u => u.ToString() == name).InFloat();
        (ModelProto model, _) = Models.Of(c, c.Opsets.Length == 1 ? c.Opsets[0] : 21, new(1));

        Problem problem = Refused(() => Gradients.Graph(model, "y", [.. Models.Variables(c)]));

        Assert.Equal("use-not-differentiable", problem.Code);
        Assert.Equal($"node '{c.OpType}'", problem.Where);
        Assert.NotNull(problem.Found);
        Assert.NotNull(problem.Expected);
    }

    [Fact]
    public void Bounds_computed_at_run_time_are_refused_by_name()
    {
        (ModelProto model, string y) = Models.Of([("x", [5, 2])], ops => ops.Emit("Slice", ["x", "where", ops.Longs(5)]));
        model.Graph.Input.Add(GradientGraph.Describe("where", new(DataType.Int64, [1])));
        Dictionary<string, TensorType> types = new(ModelTypes.Read(model, "test")) { [y] = new(DataType.Double, [1, 2]) };

        Problem problem = Refused(
            () => GradientGraph.Differentiate(model, new(y) { Gradients = new Dictionary<string, string> { ["x"] = "dx" } }, types));

        Assert.Equal("use-not-differentiable", problem.Code);
        Assert.Contains("input 1 ('where')", problem.Found, StringComparison.Ordinal);
        Assert.Contains("Slice", problem.What, StringComparison.Ordinal);
    }

    static Operand Indices(long length) => new(OperandRole.Fed, length) { Type = DataType.Int64, Values = new double[length] };

    static Problem Refused(Func<object> act) => Assert.Throws<NotDifferentiableException>(act).Problem;
}
