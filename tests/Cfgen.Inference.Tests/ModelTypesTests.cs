using Cfgen.Autodiff;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Tests;

public sealed class ModelTypesTests
{
    static ModelProto Model(long[] shape, Func<GraphWriter, string> body, params TinyPort[] more) =>
        TinyModels.Make([new("x", shape), .. more], new("y", []), body);

    static IReadOnlyDictionary<string, TensorType> Types(ModelProto model)
    {
        foreach (ValueInfoProto output in model.Graph.Output) output.Type = null;
        return ModelTypes.Read(model, "model.onnx");
    }

    [Theory]
    [InlineData("N", new long[] { -1, 6 })]
    [InlineData("2N", new long[] { -1, 3 })]
    public void A_length_that_grows_with_the_batch_follows_it(string expected, long[] target) =>
        Assert.Equal(expected, Types(Model([-1, 6], ops => ops.Reshape("x", ops.Longs(target))))["y"].Shape[0].ToString());

    [Fact]
    public void A_length_beside_the_batch_is_a_line() =>
        Assert.Equal(
            new Dimension(2, 1), Types(Model([-1, 6], ops => ops.Concat(["x", "x", ops.Real(new double[6], 1, 6)], 0)))["y"].Shape[0]);

    [Fact]
    public void A_rounded_length_is_not_known()
    {
        IReadOnlyDictionary<string, TensorType> types =
            Types(Model([-1, 6], ops => ops.Emit("Slice", ["x", ops.Longs(0), ops.Longs(1000), ops.Longs(0), ops.Longs(2)])));
        Assert.Equal("N", types["x"].Shape[0].ToString());
        Assert.DoesNotContain("y", types.Keys);
    }

    [Fact]
    public void A_squared_length_is_not_known() =>
        Assert.DoesNotContain("y", Types(Model([-1, 1], ops => ops.Reshape(ops.Mul("x", ops.Transpose("x", 1, 0)), ops.Longs(-1)))).Keys);

    [Theory]
    [InlineData(new long[] { -1, 3, -1, 5 }, 2)]
    [InlineData(new long[] { 1, -1 }, 1)]
    [InlineData(new long[] { -1, 3, 4, -1 }, 3)]
    public void A_free_axis_that_is_not_the_first_is_refused(long[] shape, int axis)
    {
        Problem problem = Refused.By<ModelContractException>(() => Types(Model(shape, ops => ops.Neg("x"))));
        Assert.Equal(("axis-free", $"model.onnx, input 'x', axis {axis}"), (problem.Code, problem.Where));
        Assert.Contains("fixed size", problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_batch_that_is_declared_free_but_baked_in_is_refused_with_the_length_that_works(int traced)
    {
        Problem problem = Refused.By<ModelContractException>(
            () => Types(Model([-1, 6], ops => ops.Concat([ops.Reshape("x", ops.Longs(traced, 6)), "x"], 1))));
        Assert.Equal(("batch-baked-in", "model.onnx"), (problem.Code, problem.Where));
        Assert.StartsWith($"it takes a batch of {traced}, not one of 2: ", problem.Found, StringComparison.Ordinal);
        Assert.Contains($"a fixed batch of {traced}", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_axis_of_every_input_is_the_batch() =>
        Assert.Equal(
            ["N", "3"], Types(Model([-1, 3], ops => ops.Add("x", "z"), new TinyPort("z", [-1, 3])))["y"].Shape.Select(d => d.ToString()));

    [Fact]
    public void A_fixed_batch_stays_fixed() =>
        Assert.Equal([1, 3], Types(Model([1, 3], ops => ops.Neg("x")))["y"].Shape.Select(d => d.Fixed));

    [Fact]
    public void The_model_is_not_changed()
    {
        ModelProto model = TinyModels.Classifier(), before = model.Clone();
        ModelTypes.Read(model, "model.onnx");
        Assert.Equal(before, model);
    }
}
