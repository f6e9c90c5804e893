using System.Text.Json;
using Cfgen.StyleGan.Torch;

namespace Cfgen.StyleGan.Tests.Torch;

/// <summary>
/// Three networks written by PyTorch. Sums and single values were read from the same files by Python's own unpickler; the sizes stand in
/// the config.json beside them.
/// </summary>
public sealed class FixtureTests
{
    public static TheoryData<string> Fixtures => ["t64", "r64", "t32-conditional-gray"];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void The_generator_has_the_sizes_that_it_was_made_with(string fixture)
    {
        NetworkPickle file = Open(fixture);
        Assert.Equal(["G_ema"], file.Networks);
        PersistentModule generator = file.Module("G_ema");
        Assert.Equal("Generator", generator.ClassName);
        Assert.Equal(["synthesis", "mapping"], generator.Children.Keys);
        using JsonDocument config = JsonDocument.Parse(File.ReadAllText(PathOf(fixture, "config.json")));
        foreach (string name in new[] { "z_dim", "c_dim", "w_dim", "img_resolution", "img_channels", "num_ws" })
            Assert.Equal(config.RootElement.GetProperty(name).GetInt32(), generator.Int(name));
        Assert.Equal(config.RootElement.GetProperty("num_layers").GetInt32(), generator.Child("synthesis").Int("num_layers"));
        Assert.Equal(generator.Child("synthesis").Children.Keys.Skip(1), generator.Child("synthesis").Texts("layer_names"));
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Every_tensor_is_finite_and_single_precision_weights_are_not_copied(string fixture)
    {
        byte[] bytes = File.ReadAllBytes(PathOf(fixture, "network.pkl"));
        List<Tensor> tensors = [.. Tensors(NetworkPickle.Parse(bytes, fixture).Module("G_ema"))];
        Assert.NotEmpty(tensors);
        Assert.All(tensors, t =>
        {
            Assert.Null(t.FirstNotFinite());
            Assert.True(t.IsContiguous && t.Bytes().Span.Overlaps(bytes));
        });
    }

    [Theory]
    [InlineData("t64", "synthesis.input", "weight", "24,24", 0.2608581483364105, -0.7197750210762024, 17.67381874471903)]
    [InlineData("t64", "synthesis.input", "freqs", "24,2", -1.295710563659668, -0.6991142630577087, -3.2460253098979592)]
    [InlineData("t64", "synthesis.L0_36_24", "weight", "24,24,3,3", 0.4429851472377777, -0.45901206135749817, -70.8626037529757)]
    [InlineData("t64", "synthesis.L2_52_24", "up_filter", "24", -0.0003399101260583848, -0.0003399101260583848, 0.9999999913852662)]
    [InlineData("t64", "synthesis.L1_36_24", "magnitude_ema", "", 1.467436671257019, 1.467436671257019, 1.467436671257019)]
    [InlineData("r64", "synthesis.input", "transform", "3,3", 0.9396926164627075, 1.0, 2.829385232180357)]
    [InlineData("r64", "synthesis.input.affine", "weight", "4,24", -0.02385765127837658, 0.11568106710910797, 0.3696608877944527)]
    [InlineData("t32-conditional-gray", "mapping", "w_avg", "20", 0.08613476902246475, -0.3267885148525238, -0.5154591836035252)]
    [InlineData("t32-conditional-gray", "mapping.embed", "weight", "20,4", 0.20483151078224182, -1.8771387338638306, 4.002129029482603)]
    [InlineData("t32-conditional-gray", "mapping.fc2", "weight", "20,20", 118.5486068725586, -149.49192810058594, 681.557184137404)]
    public void A_tensor_has_its_shape_and_values(
        string fixture, string path, string name, string shape, double first, double last, double sum)
    {
        PersistentModule module = path.Split('.').Aggregate(Open(fixture).Module("G_ema"), (m, child) => m.Child(child));
        Assert.Equal($"G_ema.{path}", module.Path);
        Tensor tensor = module.Tensor(name);
        Assert.Equal(shape, string.Join(",", tensor.Shape));
        double[] values = tensor.ToDoubles();
        Assert.Equal((first, last), (values[0], values[^1]));
        Assert.Equal(sum, values.Sum(), 1e-9);
        Assert.Equal(values, tensor.ToFloats().Select(x => (double)x));
    }

    [Fact]
    public void Attributes_come_as_numbers_whether_Python_or_NumPy_kept_them()
    {
        PersistentModule synthesis = Open("t64").Module("G_ema").Child("synthesis"), input = synthesis.Child("input");
        Assert.Equal([36, 36], input.Ints("size"));
        Assert.Equal((16.0, 2.0), (input.Double("sampling_rate"), input.Double("bandwidth")));
        Assert.Equal(0.25, synthesis.Double("output_scale"));
        PersistentModule layer = synthesis.Child("L0_36_24");
        Assert.False(layer.Bool("is_torgb"));
        Assert.Equal("lrelu", Open("t64").Module("G_ema").Child("mapping").Child("fc0").Text("activation"));
    }

    static IEnumerable<Tensor> Tensors(PersistentModule module) =>
        module.Parameters.Values.Concat(module.Buffers.Values).OfType<Tensor>().Concat(module.Children.Values.SelectMany(Tensors));

    static NetworkPickle Open(string fixture) => NetworkPickle.Open(PathOf(fixture, "network.pkl"));

    static string PathOf(string fixture, string file) => Path.Combine(AppContext.BaseDirectory, "Fixtures", fixture, file);
}
