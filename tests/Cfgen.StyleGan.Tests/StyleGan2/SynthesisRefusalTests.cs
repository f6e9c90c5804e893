namespace Cfgen.StyleGan.Tests.StyleGan2;

public sealed class SynthesisRefusalTests
{
    [Theory]
    [InlineData("b8", "conv0", "weight")]
    [InlineData("b8", "conv0", "noise_const")]
    [InlineData("b16", "conv1", "bias")]
    [InlineData("b16", "conv1", "noise_strength")]
    [InlineData("b16", "conv0", "resample_filter")]
    [InlineData("b32", "torgb", "weight")]
    [InlineData("b32", "skip", "weight")]
    public void A_weight_that_is_not_finite_is_named(string block, string layer, string tensor)
    {
        DrawnModule synthesis = new SynthesisPlan(32, 3, "resnet").Draw();
        synthesis[block][layer].Values(tensor)[0] = float.NaN;
        Problem problem = Refused(synthesis);
        Assert.Equal("network-not-finite", problem.Code);
        Assert.Contains($"'{tensor}'", problem.What, StringComparison.Ordinal);
        Assert.Contains($"G_ema.{block}.{layer}", problem.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("b8", "conv0", "up", 1)]
    [InlineData("b8", "conv1", "up", 2)]
    [InlineData("b8", "conv0", "resolution", 16)]
    [InlineData("b8", "conv0", "padding", 0)]
    [InlineData("b8", "conv0", "activation", "swish")]
    [InlineData("b8", "conv0", "conv_clamp", -1.0)]
    [InlineData("b8", "conv0", "act_gain", double.NaN)]
    [InlineData("b8", "skip", "up", 1)]
    [InlineData("b8", null, "architecture", "dense")]
    [InlineData("b8", null, "in_channels", 64)]
    [InlineData("b8", null, "num_conv", 1)]
    [InlineData("b8", null, "num_torgb", 1)]
    [InlineData(null, null, "num_ws", 5)]
    [InlineData(null, null, "img_resolution", 48)]
    [InlineData(null, null, "w_dim", 0)]
    public void An_attribute_that_does_not_fit_is_named(string? block, string? layer, string attribute, object value)
    {
        DrawnModule synthesis = new SynthesisPlan(32, 3, "resnet").Draw();
        DrawnModule module = block is null ? synthesis : layer is null ? synthesis[block] : synthesis[block][layer];
        module.With(attribute, value);
        Problem problem = Refused(synthesis);
        Assert.Equal("network-attribute", problem.Code);
        Assert.Contains(attribute is "img_resolution" ? "size" : attribute, problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_of_another_shape_is_named()
    {
        DrawnModule synthesis = new SynthesisPlan(32, 3, "skip").Draw();
        synthesis["b16"]["conv0"].Parameter("weight", [5, 2, 3, 3], new float[90]);
        Problem problem = Refused(synthesis);
        Assert.Equal(("network-shape", "Float32 [5, 2, 3, 3]"), (problem.Code, problem.Found));
        Assert.Contains("G_ema.b16.conv0", problem.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 3)]
    [InlineData(17)]
    [InlineData(17, 17)]
    [InlineData(2, 2, 2)]
    public void A_filter_that_is_neither_square_nor_a_row_of_few_taps_is_refused(params int[] shape)
    {
        DrawnModule synthesis = new SynthesisPlan(8, 3, "skip") { FilterShape = shape }.Draw();
        Assert.Equal(("network-shape", $"the shape [{string.Join(", ", shape)}]"), (Refused(synthesis).Code, Refused(synthesis).Found));
    }

    [Fact]
    public void A_resolution_without_its_block_is_told()
    {
        DrawnModule synthesis = new SynthesisPlan(32, 3, "skip").Draw();
        synthesis.Children.Remove("b16");
        Assert.Contains("lacks the module 'b16'", Refused(synthesis).What, StringComparison.Ordinal);
    }

    static Problem Refused(DrawnModule synthesis) => Assert.Throws<InputException>(() => Synthesis.Import(synthesis)).Problem;
}
