using Cfgen.Cli.Commands.Import;
using Cfgen.Inference.Generators;
using Cfgen.StyleGan.Generators;
using Cfgen.StyleGan.StyleGan2;

namespace Cfgen.Cli.Tests;

public sealed class ImportCommandTests
{
    [Fact]
    public async Task What_is_typed_arrives()
    {
        ImportArguments arguments = await CliRun.Import(
            "net.pkl", "-o", "out", "--network", "G", "--precision", "float16", "--noise", "none", "--statistics-samples", "500", "--seed",
            "4294967295", "--preview",
            "--expect-tolerance", "0.5", "--name", "faces", "--licence", "MIT", "--overwrite");
        ImportArguments expected = new("net.pkl", "out")
        {
            Network = "G",
            Precision = GeneratorPrecision.Float16,
            Noise = NoiseMode.None,
            StatisticsSamples = 500,
            Seed = uint.MaxValue,
            Preview = true,
            ExpectImages = arguments.ExpectImages,
            ExpectTolerance = 0.5,
            Name = "faces",
            Licence = "MIT",
            Overwrite = true,
        };
        Assert.Equal(expected, arguments);
        Assert.Empty(arguments.ExpectImages);
    }

    [Fact]
    public async Task What_is_not_typed_is_not_made_up()
    {
        ImportArguments arguments = await CliRun.Import("net.pkl", "--out", "out");
        Assert.Equal(new("net.pkl", "out") { ExpectImages = arguments.ExpectImages }, arguments);
    }

    [Theory]
    [InlineData("seed=0:a.png", 0u, "a.png", 1.0, null)]
    [InlineData("seed=7:dir/a,b:c.png,trunc=0.7", 7u, "dir/a,b:c.png", 0.7, null)]
    [InlineData("seed=7:a.png,class=3,trunc=-0.5", 7u, "a.png", -0.5, 3)]
    [InlineData("seed=7:a.png,trunc=1,class=0", 7u, "a.png", 1.0, 0)]
    [InlineData("seed=7:a,class.png", 7u, "a,class.png", 1.0, null)]
    public async Task A_known_picture_is_read_from_both_ends(string typed, uint seed, string file, double psi, int? c) =>
        Assert.Equal(
            new ExpectedImage(new(seed, c, new Truncation(psi)), file),
            Assert.Single((await CliRun.Import("net.pkl", "--out", "out", "--expect-image", typed)).ExpectImages));

    [Fact]
    public async Task Several_known_pictures_can_be_given() =>
        Assert.Equal(
            [0u, 1u],
            (await CliRun.Import(
                "net.pkl", "--out", "out", "--expect-image", "seed=0:a.png", "--expect-image",
                "seed=1:b.png")).ExpectImages.Select(e => e.Request.Seed));
}
