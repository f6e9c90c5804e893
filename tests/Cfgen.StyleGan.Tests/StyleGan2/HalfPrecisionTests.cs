using Cfgen.OnnxFormat;
using Cfgen.StyleGan.Generators;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.StyleGan.Tests.StyleGan2;

public sealed class HalfPrecisionTests
{
    static readonly ImportSettings s_half = new() { Precision = GeneratorPrecision.Float16 };

    [Theory]
    [InlineData("skip")]
    [InlineData("resnet")]
    public void Half_precision_makes_nearly_the_same_picture(string architecture)
    {
        SynthesisPlan plan = new(32, 3, architecture) { HalfFrom = 16 };
        DrawnModule synthesis = plan.Draw();
        double[][] codes = plan.DrawCodes(seed: 2);
        float[] image = Synthesis.Images(Synthesis.Import(synthesis, s_half), codes);
        Synthesis.AssertClose(new SynthesisDefinition(synthesis, noise: true).Image(codes).Values, image, 5e-3);
        Assert.NotEqual(Synthesis.Images(Synthesis.Import(synthesis), codes), image);
    }

    [Fact]
    public void Large_weights_and_styles_stay_within_the_range_of_half_precision()
    {
        SynthesisPlan plan = new(32, 3, "skip") { HalfFrom = 8 };
        DrawnModule synthesis = plan.Draw();
        foreach (DrawnModule layer in synthesis.WithDescendants().Where(m => m.ClassName == "SynthesisLayer"))
        {
            foreach (ref float v in layer.Values("weight").AsSpan()) v *= 1e4f; // demodulation divides by it
            foreach (ref float v in layer["affine"].Values("weight").AsSpan()) v *= 1e3f;
            foreach (ref float v in layer["affine"].Values("bias").AsSpan()) v *= 1e3f;
        }
        double[][] codes = plan.DrawCodes(seed: 2);
        Synthesis.AssertClose(new SynthesisDefinition(synthesis, noise: true).Image(codes).Values,
            Synthesis.Images(Synthesis.Import(synthesis, s_half), codes), 5e-3);
    }

    [Fact]
    public void Only_blocks_that_were_trained_so_have_weights_in_half_precision()
    {
        ModelProto model = Synthesis.Import(new SynthesisPlan(32, 3, "skip") { HalfFrom = 16, ConvClamp = null }.Draw(), s_half);
        Assert.All(model.Graph.Initializer.Where(t => t.Type() == DataType.Float16), t => Assert.Matches("^synthesis/b(16|32)/", t.Name));
        Assert.Contains(model.Graph.Initializer, t => t.Type() == DataType.Float16 && t.Name == "synthesis/b16/conv0/weight");
        // 256, where the network has no bound
        Assert.All(model.Graph.Node.Where(n => n.OpType == "Clip"), n => Assert.Matches("^synthesis/b(16|32)/", n.Name));
        Assert.Equal(6, model.Graph.Node.Count(n => n.OpType == "Clip"));
    }

    [Fact]
    public void A_network_without_such_blocks_is_imported_in_single_precision_with_a_warning()
    {
        List<string> warnings = [];
        ModelProto model = Synthesis.Import(new SynthesisPlan(32, 3, "skip").Draw(), s_half, warnings);
        Assert.DoesNotContain(model.Graph.Initializer, t => t.Type() == DataType.Float16);
        Assert.Contains("single precision", Assert.Single(warnings), StringComparison.Ordinal);
    }
}
