using Cfgen.StyleGan.Generators;
using Cfgen.StyleGan.Tests.Generators;
using Cfgen.StyleGan.Torch;

namespace Cfgen.StyleGan.Tests.StyleGan2;

/// <summary>Whole generators, whose fully-connected layers do not say their sizes, as in files of StyleGAN2-ADA.</summary>
public sealed class GeneratorTests
{
    const int ZDim = 4, Hidden = 6;
    const double LearningRate = 0.01;

    static readonly SynthesisPlan s_plan = new(32, 3, "skip");

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_random_vector_and_a_class_become_the_codes_and_the_picture_of_the_definition(int classes)
    {
        DrawnModule synthesis = s_plan.Draw(), mapping = Mapping(classes);
        DrawnModule generator = new DrawnModule("Generator").Add("synthesis", synthesis).Add("mapping", mapping);
        ImportedGenerator imported = GeneratorImport.Import(NetworkPickle.Parse(generator.ToFile(), "network.pkl"), "G_ema", new());
        Assert.Equal(
            (StyleGan.StyleGan2.StyleGan2Synthesis.Architecture, classes, s_plan.NumWs, 32),
            (imported.Facts.Architecture, imported.Facts.CDim, imported.Facts.NumWs, imported.Facts.ImageResolution));

        Numbers z = Numbers.Random(5, 1, ZDim), c = new([1, classes], [.. Enumerable.Range(0, classes).Select(i => i == 1 ? 1f : 0f)]);
        Numbers ws = Running.Output(imported.Mapping, "ws", classes > 0 ? [("z", z), ("c", c)] : [("z", z)]);
        double[] w = Code(mapping, z.Values, c.Values);
        double[][] codes = [.. Enumerable.Repeat(w, s_plan.NumWs)];
        Synthesis.AssertClose(codes.SelectMany(v => v).ToArray(), ws.Values, 1e-5);
        Synthesis.AssertClose(
            new SynthesisDefinition(synthesis, noise: true).Image(codes).Values,
            Running.Output(imported.Synthesis, "image", ("ws", ws)).Values, 1e-4);
    }

    [Fact]
    public void A_picture_with_transparency_is_refused()
    {
        DrawnModule generator =
            new DrawnModule("Generator").Add("synthesis", new SynthesisPlan(32, 4, "skip").Draw()).Add("mapping", Mapping(classes: 0));
        Problem problem =
            Assert.Throws<InputException>(
                () => GeneratorImport.Import(NetworkPickle.Parse(generator.ToFile(), "network.pkl"), "G_ema", new())).Problem;
        Assert.Equal(("network-attribute", "img_channels 4"), (problem.Code, problem.Found));
    }

    static DrawnModule Mapping(int classes)
    {
        Random random = new(7);
        DrawnModule mapping = new DrawnModule("MappingNetwork").With("z_dim", ZDim).With("c_dim", classes).With("w_dim", s_plan.WDim)
            .With("num_ws", s_plan.NumWs).With("num_layers", 2).With("w_avg_beta", 0.995)
            .Buffer("w_avg", [s_plan.WDim], SynthesisPlan.Gaussian(random, s_plan.WDim));
        if (classes > 0) mapping.Add("embed", Connected(random, classes, s_plan.WDim, "linear", 1));
        return mapping.Add("fc0", Connected(random, ZDim + (classes > 0 ? s_plan.WDim : 0), Hidden, "lrelu", LearningRate))
            .Add("fc1", Connected(random, Hidden, s_plan.WDim, "lrelu", LearningRate));
    }

    // Weights are kept divided by their learning rate.
    static DrawnModule Connected(Random random, int inputs, int outputs, string activation, double learningRate) =>
        new DrawnModule("FullyConnectedLayer")
        .With("activation", activation).With("weight_gain", learningRate / Math.Sqrt(inputs)).With("bias_gain", learningRate)
        .Parameter("weight", [outputs, inputs], [.. SynthesisPlan.Gaussian(random, outputs * inputs)
            .Select(v => (float)(v / learningRate))])
        .Parameter("bias", [outputs], SynthesisPlan.Gaussian(random, outputs));

    static double[] Code(DrawnModule mapping, float[] z, float[] c)
    {
        double[] x = Normalised([.. z.Select(v => (double)v)]);
        if (c.Length > 0) x = [.. x, .. Normalised(Apply(mapping["embed"], [.. c.Select(v => (double)v)]))];
        return Rectified(Apply(mapping["fc1"], Rectified(Apply(mapping["fc0"], x))));
    }

    static double[] Apply(DrawnModule layer, double[] x)
    {
        float[] weight = layer.Values("weight"), bias = layer.Values("bias");
        double weightGain = (double)layer.Attributes["weight_gain"]!, biasGain = (double)layer.Attributes["bias_gain"]!;
        return [.. bias.Select((b, o) => x.Select((v, i) => v * weight[o * x.Length + i] * weightGain).Sum() + b * biasGain)];
    }

    static double[] Rectified(double[] x) => [.. x.Select(v => Math.Sqrt(2) * (v > 0 ? v : 0.2 * v))];

    static double[] Normalised(double[] x) => [.. x.Select(v => v / Math.Sqrt(x.Average(u => u * u) + 1e-8))];
}
