using MetadataExtractor;
using MetadataExtractor.Formats.Xmp;

namespace Cfgen.EndToEnd.Tests;

/// <summary>What a reader of image metadata that is not ours finds in the pictures.</summary>
public sealed class MarkTests(FourToNine run)
{
    const string Vocabulary = "http://cv.iptc.org/newscodes/digitalsourcetype/";

    [Fact]
    public void Every_generated_picture_says_that_it_is_synthetic()
    {
        string[] generated = [.. run.Result.Files.Where(file => file.StartsWith("frames/", StringComparison.Ordinal)), "reconstruction.png", "counterfactual.png", "path.webp"];
        Assert.True(generated.Length > 4);
        Assert.All(generated, file => Assert.Equal(Vocabulary + "trainedAlgorithmicMedia", Source(file)));
    }

    [Theory]
    [InlineData("difference.png")]
    [InlineData("filmstrip.png")]
    public void What_also_holds_the_photograph_says_that_it_is_a_composite(string file) => Assert.Equal(Vocabulary + "compositeWithTrainedAlgorithmicMedia", Source(file));

    [Fact]
    public void The_original_carries_no_such_mark() => Assert.Null(Source("original.png"));

    [Fact]
    public void Every_picture_names_the_program()
    {
        string version = (string)run.Result.Run["tool"]!["version"]!;
        Assert.All(run.Result.Files.Where(file => Path.GetExtension(file) is ".png" or ".webp"), file => Assert.Equal($"cfgen {version}", Xmp(file)["xmp:CreatorTool"]));
    }

    string? Source(string file) => Xmp(file).TryGetValue("Iptc4xmpExt:DigitalSourceType", out string? source) ? source : null;

    IDictionary<string, string> Xmp(string file) => ImageMetadataReader.ReadMetadata(run.Result[file]).OfType<XmpDirectory>().Single().GetXmpProperties();
}
