using Cfgen.Inference;
using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>Uses of an operator that its rule does not cover are refused with the node's name: no gradient rather than a wrong one.</summary>
public sealed class UncoveredUseTests
{
    static readonly GradientCase[] s_uses =
    [
        new("Conv", "weights vary", Variable(1, 1, 4), Variable(1, 1, 2)),
        new("ConvTranspose", "weights vary", Variable(1, 1, 4), Variable(1, 1, 2)),
        new("Clip", "lower bound varies", Variable(3), Variable(), Number(1)),
        new("Clip", "upper bound varies", Variable(3), Absent, Variable()),
        new GradientCase("Concat", "rows of a free batch", Variable(2, 3), Variable(2, 3)).With(Int("axis", 0)).Free(),
        new GradientCase("Gather", "a row of a free batch", Variable(2, 3), Long(0)).Free(),
        new("Gather", "matrix of indices", Variable(4), new Operand(OperandRole.Constant, 2, 2) { Type = DataType.Int64, Values = [0, 1, 2, 3] }),
        new GradientCase("MaxPool", "column major", Variable(1, 1, 4, 4)).With(Ints("kernel_shape", 2, 2), Int("storage_order", 1)),
        new GradientCase("MaxPool", "before opset 16", Variable(1, 1, 4, 4)).With(Ints("kernel_shape", 2, 2)).In(13),
        new GradientCase("ReduceMean", "over a free batch", Variable(2, 3), Longs(0)).Free(),
        new GradientCase("Slice", "part of a free batch", Variable(3, 2), Longs(1), Longs(2), Longs(0)).Free(),
        new GradientCase("Slice", "free batch reversed", Variable(3, 2), Longs(-1), Longs(long.MinValue), Longs(0), Longs(-1)).Free(),
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

    [Theory]
    [InlineData("Gather", 1)]
    [InlineData("Slice", 1)]
    public void Indices_computed_at_run_time_are_refused_by_name(string opType, int index)
    {
        (ModelProto model, string y) = Models.Of([("x", [5, 2])], ops => opType == "Gather" ? ops.Gather("x", "where", 0) : ops.Emit("Slice", ["x", "where", ops.Longs(5)]));
        model.Graph.Input.Add(GradientGraph.Describe("where", new(DataType.Int64, [1])));
        Dictionary<string, TensorType> types = new(ModelTypes.Read(model, "test")) { [y] = new(DataType.Double, [1, 2]) };

        Problem problem = Refused(() => GradientGraph.Differentiate(model, new(y) { Gradients = new Dictionary<string, string> { ["x"] = "dx" } }, types));

        Assert.Equal("use-not-differentiable", problem.Code);
        Assert.Contains($"input {index} ('where')", problem.Found, StringComparison.Ordinal);
        Assert.Contains(opType, problem.What, StringComparison.Ordinal);
    }

    static Problem Refused(Func<object> act) => Assert.Throws<NotDifferentiableException>(act).Problem;
}
