using Cfgen.Benchmarks.StyleGan;
using Cfgen.OnnxFormat;
using Cfgen.StyleGan.Generators;
using Cfgen.StyleGan.StyleGan3;
using Cfgen.StyleGan.Tests.Generators;
using Cfgen.StyleGan.Tests.StyleGan2;
using Cfgen.StyleGan.Torch;

namespace Cfgen.StyleGan.Tests.StyleGan3;

/// <summary>
/// Networks of other sizes than the fixtures', drawn with filters of no symmetry, against the published operations transcribed one by one.
/// </summary>
public sealed class DrawnNetworkTests
{
    public static TheoryData<int, int, int, int, bool, double?> Plans => new()
    {
        { 32, 5, 4, 3, false, 256 },
        { 32, 5, 4, 1, true, 256 },
        { 32, 3, 0, 3, true, null },
        { 16, 4, 6, 1, false, 0.5 },
        { 64, 7, 10, 3, false, 256 },
    };

    [Theory]
    [MemberData(nameof(Plans))]
    public void Images_and_gradients_are_those_of_the_published_operations(
        int resolution, int layers, int margin, int kernel, bool radial, double? clamp)
    {
        StyleGan3Plan plan = new()
        {
            Resolution = resolution,
            Layers = layers,
            Margin = margin,
            Kernel = kernel,
            Radial = radial,
            Clamp = clamp,
            ChannelMax = 16,
            WDim = 6
        };
        PersistentModule synthesis = NetworkPickle.Parse(plan.ToFile(), "drawn").Module("G_ema").Child("synthesis");
        ModelProto transcribed = new TranscribedSynthesis(synthesis, batch: 2).Write();
        Numbers ws = Numbers.Random(3, 2, plan.NumWs, 6), cotangent = Numbers.Random(4, 2, 3, resolution, resolution);
        Numbers image = Running.Output(transcribed, "image", ("ws", ws)), gradient = Running.Gradient(transcribed, ws, cotangent);
        foreach (int phasesFrom in new[] { int.MaxValue, 0 }) // matrices alone, and phases wherever they can be
        {
            ModelProto imported = StyleGan3Synthesis.Write(synthesis, new(), [], phasesFrom);
            Assert.InRange(Running.Output(imported, "image", ("ws", ws)).Distance(image), 0, 1e-4);
            Assert.InRange(Running.Gradient(imported, ws, cotangent).Distance(gradient), 0, 1e-3);
        }
    }

    [Fact]
    public void In_half_precision_only_the_layers_made_for_it_are_and_the_picture_stays_close()
    {
        StyleGan3Plan plan = new() { Resolution = 32, Layers = 5, Margin = 4, ChannelMax = 8, WDim = 6, HalfRates = 1 };
        NetworkPickle file = NetworkPickle.Parse(plan.ToFile(), "drawn");
        ImportedGenerator half = GeneratorImport.Import(file, "G_ema", new() { Precision = GeneratorPrecision.Float16 });
        Dictionary<string, int> types = half.Synthesis.Graph.Initializer.ToDictionary(t => t.Name, t => t.DataType);
        List<string> layers = [.. file.Module("G_ema").Child("synthesis").Texts("layer_names")];
        Assert.Equal(
            layers.Select(l => file.Module("G_ema").Child("synthesis").Child(l).Bool("use_fp16")),
            layers.Select(l => types[$"synthesis/{l}/weight"] == (int)TensorProto.Types.DataType.Float16));
        Assert.All(layers, l => Assert.Equal((int)TensorProto.Types.DataType.Float, types[$"synthesis/{l}/affine/weight"]));
        Numbers ws = Numbers.Random(3, 2, plan.NumWs, 6);
        Assert.InRange(
            Running.Output(half.Synthesis, "image", ("ws", ws)).Distance(Running.Output(Import(file).Synthesis, "image", ("ws", ws))), 1e-6,
            2e-2);
    }

    [Fact]
    public void A_transform_with_a_perspective_is_refused()
    {
        NetworkPickle file =
            NetworkPickle.Parse(
                new StyleGan3Plan { Resolution = 16, Layers = 4, Margin = 2, ChannelMax = 4, Transform = [1, 0, 0, 0, 1, 0, 0.1f, 0, 1] }
                    .ToFile(),
                "drawn");
        Assert.Equal("network-transform", Assert.Throws<InputException>(() => Import(file)).Problem.Code);
    }

    [Fact]
    public void Where_no_layer_was_made_for_half_precision_a_warning_says_so()
    {
        NetworkPickle file = NetworkPickle.Parse(
            new StyleGan3Plan { Resolution = 16, Layers = 4, Margin = 2, ChannelMax = 4, Clamp = null }.ToFile(), "drawn");
        Assert.Contains(
            GeneratorImport.Import(file, "G_ema", new() { Precision = GeneratorPrecision.Float16 }).Warnings,
            w => w.Contains("half precision", StringComparison.Ordinal));
    }

    [Fact]
    public void Metadata_says_where_the_model_came_from()
    {
        NetworkPickle file =
            NetworkPickle.Parse(new StyleGan3Plan { Resolution = 16, Layers = 4, Margin = 2, ChannelMax = 4 }.ToFile(), "drawn");
        ImportedGenerator generator = GeneratorImport.Import(file, "G_ema", new() { SourceSha256 = "ab12", ProgramVersion = "1.2" });
        Assert.All([generator.Synthesis, generator.Mapping], model =>
        {
            Dictionary<string, string> said = model.MetadataProps.ToDictionary(p => p.Key, p => p.Value);
            Assert.Equal(
                ("ab12", "float32", "StyleGAN3 (T)", "1.2"),
                (said["source_sha256"], said["precision"], said["architecture"], model.ProducerVersion));
        });
    }

    [Theory]
    [InlineData("out_channels", 7, "network-shape")]
    [InlineData("up_factor", 3, "network-shape")]
    [InlineData("up_factor", 0, "network-attribute")]
    [InlineData("conv_kernel", 5, "network-shape")]
    [InlineData("conv_clamp", -1.0, "network-attribute")]
    public void An_attribute_that_does_not_fit_is_refused(string attribute, object value, string code) =>
        Assert.Equal(code, Refused(synthesis => Middle(synthesis).With(attribute, value)).Code);

    [Fact]
    public void A_weight_that_is_not_finite_is_refused_by_name_and_place()
    {
        Problem problem = Refused(synthesis => Middle(synthesis).Values("weight")[5] = float.NaN);
        Assert.Equal("network-not-finite", problem.Code);
        Assert.Contains("element 5", problem.Found, StringComparison.Ordinal);
        Assert.Contains("'weight'", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_of_codes_that_does_not_fit_the_layers_is_refused() =>
        Assert.Equal("network-shape", Refused(synthesis => synthesis.With("num_ws", 9)).Code);

    static DrawnModule Middle(DrawnModule synthesis) => synthesis.Children.Values.ElementAt(2);

    static Problem Refused(Action<DrawnModule> spoil)
    {
        StyleGan3Plan plan = new() { Resolution = 16, Layers = 4, Margin = 2, ChannelMax = 4 };
        DrawnModule synthesis = plan.Draw();
        spoil(synthesis);
        byte[] file = new DrawnModule("Generator").Add("synthesis", synthesis).ToFile();
        return Assert.Throws<InputException>(
            () => StyleGan3Synthesis.Write(NetworkPickle.Parse(file, "drawn").Module("G_ema").Child("synthesis"), new(), [])).Problem;
    }

    static ImportedGenerator Import(NetworkPickle file) => GeneratorImport.Import(file, "G_ema", new());
}
