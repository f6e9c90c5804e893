using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;

namespace Cfgen.OnnxFormat.Tests;

public sealed class ModelExtensionsTests
{
    static TensorProto? Constant(params AttributeProto[] attributes) =>
        Models.Of(17, [Models.Node("Constant", [], ["c"], attributes)]).Graph.Constants().GetValueOrDefault("c");

    [Fact]
    public void Constants_are_initializers_and_what_Constant_nodes_make()
    {
        ModelProto model = Models.Small();
        model.Graph.Node.Add(Models.Node("Constant", [], ["c"], Models.Tensor("value", Models.Floats("", 5))));
        Dictionary<string, TensorProto> constants = model.Graph.Constants();
        Assert.Equal(["c", "weight"], constants.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([5], constants["c"].ToFloats());
    }

    [Fact]
    public void A_Constant_node_may_hold_its_numbers_as_plain_attributes()
    {
        AttributeProto whole = new() { Name = "value_int", Type = AttributeType.Int, I = 7 },
            real = new() { Name = "value_float", Type = AttributeType.Float, F = 7 };
        AttributeProto reals = new() { Name = "value_floats", Type = AttributeType.Floats, Floats = { 0.5f, 2 } };
        TensorProto[] scalars = [Constant(whole)!, Constant(real)!];
        TensorProto ints = Constant(Models.Ints("value_ints", 1, 2))!, floats = Constant(reals)!;

        Assert.All(scalars, t => Assert.Equal([7], t.ToDoubles()));
        Assert.All(scalars, t => Assert.Empty(t.Dims));
        Assert.Equal([1, 2], ints.ToLongs());
        Assert.Equal([2], ints.Dims);
        Assert.Equal([0.5f, 2], floats.ToFloats());
        Assert.Equal([2], floats.Dims);
    }

    [Fact]
    public void A_Constant_node_without_numbers_or_without_an_output_is_none()
    {
        Assert.Null(Constant());
        Assert.Null(Constant(Models.Text("value_string", "text")));
        Assert.Empty(Models.Of(17, [Models.Node("Constant", [], [], Models.Tensor("value", Models.Floats("", 5)))]).Graph.Constants());
    }

    [Fact]
    public void Inputs_that_only_name_initializers_are_not_fed()
    {
        ModelProto model = Models.Small();
        model.Graph.Input.Add(Models.Value("weight")); // as models of IR version 3 do
        Assert.Equal(["x"], model.Graph.FedInputs().Select(i => i.Name));
    }

    [Theory]
    [InlineData("", 17)]
    [InlineData("ai.onnx", 17)]
    [InlineData("ai.onnx.ml", 0)]
    [InlineData("com.example", 0)]
    public void The_opset_is_that_of_the_standard_domain_in_either_spelling(string domain, int opset)
    {
        ModelProto model = Models.Small();
        model.OpsetImport[0].Domain = domain;
        Assert.Equal(opset, model.StandardOpset());
    }
}
