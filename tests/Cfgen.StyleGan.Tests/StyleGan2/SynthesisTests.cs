using Cfgen.OnnxFormat;
using Cfgen.StyleGan.StyleGan2;

namespace Cfgen.StyleGan.Tests.StyleGan2;

public sealed class SynthesisTests
{
    public static TheoryData<string, int, int, NoiseMode> Networks => new(
        from architecture in (string[])["skip", "resnet", "orig"]
        from resolution in (int[])[32, 64]
        from channels in (int[])[1, 3]
        from noise in (NoiseMode[])[NoiseMode.Constant, NoiseMode.None]
        select (architecture, resolution, channels, noise));

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_picture_is_what_the_definition_makes_of_the_code(string architecture, int resolution, int channels, NoiseMode noise)
    {
        SynthesisPlan plan = new(resolution, channels, architecture);
        DrawnModule synthesis = plan.Draw();
        double[][] codes = plan.DrawCodes(seed: 2);
        Planes expected = new SynthesisDefinition(synthesis, noise == NoiseMode.Constant).Image(codes);
        Synthesis.AssertClose(expected.Values, Synthesis.Images(Synthesis.Import(synthesis, new() { Noise = noise }), codes), 1e-5);
    }

    [Fact]
    public void A_network_without_bounds_has_none()
    {
        SynthesisPlan plan = new(32, 3, "skip") { ConvClamp = null };
        DrawnModule synthesis = plan.Draw();
        double[][] codes = plan.DrawCodes(seed: 2);
        ModelProto model = Synthesis.Import(synthesis);
        Assert.DoesNotContain(model.Graph.Node, n => n.OpType == "Clip");
        Synthesis.AssertClose(new SynthesisDefinition(synthesis, noise: true).Image(codes).Values, Synthesis.Images(model, codes), 1e-5);
    }

    [Theory]
    [InlineData("skip", 1, 1)] // the identity
    [InlineData("resnet", 1, 1)]
    [InlineData("resnet", 2, 2)]
    [InlineData("skip", 3, 3)]
    [InlineData("resnet", 5, 5)]
    [InlineData("resnet", 8)]
    [InlineData("skip", 9)]
    public void Filters_of_any_length_have_their_place(string architecture, params int[] shape)
    {
        SynthesisPlan plan = new(16, 3, architecture) { FilterShape = shape };
        DrawnModule synthesis = plan.Draw();
        double[][] codes = plan.DrawCodes(seed: 2);
        Synthesis.AssertClose(new SynthesisDefinition(synthesis, noise: true).Image(codes).Values,
            Synthesis.Images(Synthesis.Import(synthesis), codes), 1e-5);
    }

    [Fact]
    public void The_rows_of_a_batch_do_not_know_of_each_other()
    {
        SynthesisPlan plan = new(32, 3, "skip");
        ModelProto model = Synthesis.Import(plan.Draw());
        double[][][] codes = [plan.DrawCodes(1), plan.DrawCodes(2), plan.DrawCodes(3)];
        float[] together = Synthesis.Images(model, codes);
        Assert.Equal(together, codes.SelectMany(c => Synthesis.Images(model, c)));
        Assert.Equal(together, codes.Reverse().ToArray() is var turned
            ? Synthesis.Images(model, turned).Chunk(together.Length / 3).Reverse().SelectMany(c => c)
            : []);
    }

    [Fact]
    public void Noise_none_leaves_the_noise_out_of_the_model()
    {
        DrawnModule synthesis = new SynthesisPlan(32, 3, "skip").Draw();
        Assert.Contains(Synthesis.Import(synthesis).Graph.Initializer, t => t.Name == "synthesis/b8/conv0/noise");
        Assert.DoesNotContain(
            Synthesis.Import(synthesis, new() { Noise = NoiseMode.None }).Graph.Initializer,
            t => t.Name.EndsWith("/noise", StringComparison.Ordinal));
    }

    [Fact]
    public void Weights_and_nodes_are_named_after_their_place()
    {
        GraphProto graph = Synthesis.Import(new SynthesisPlan(32, 3, "skip").Draw()).Graph;
        Assert.Superset(
            new HashSet<string>
            {
                "synthesis/b4/const", "synthesis/b4/conv1/affine/weight", "synthesis/b8/conv0/weight", "synthesis/b8/conv0/bias",
                "synthesis/b32/torgb/weight"
            },
            graph.Initializer.Select(t => t.Name).ToHashSet());
        Assert.All(graph.Node.Where(n => n.Name != "image"), n => Assert.StartsWith("synthesis/", n.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void What_older_files_do_not_say_is_filled_in()
    {
        DrawnModule synthesis = new SynthesisPlan(32, 3, "skip").Draw();
        float[] binomial = [.. from a in (float[])[1, 3, 3, 1] from b in (float[])[1, 3, 3, 1] select a * b / 64];
        foreach (DrawnModule module in synthesis.WithDescendants().Where(m => m.HasTensor("resample_filter")))
            binomial.CopyTo(module.Values("resample_filter"), 0);
        ModelProto said = Synthesis.Import(synthesis);
        string[] newer = [
            "block_resolutions", "img_resolution_log2", "in_channels", "is_last", "architecture", "use_fp16", "channels_last", "num_conv",
            "num_torgb", "resolution", "up", "use_noise", "padding", "act_gain"
        ];
        foreach (DrawnModule module in synthesis.WithDescendants())
        {
            foreach (string attribute in newer) module.Attributes.Remove(attribute);
            if (module.Children.Count == 0 || module.ClassName == "SynthesisLayer") module.RemoveBuffer("resample_filter");
            if (module.ClassName is "SynthesisBlock" or "SynthesisNetwork") module.With("fused_modconv_default", "inference_only");
        }
        Assert.Equal(said, Synthesis.Import(synthesis));
    }
}
