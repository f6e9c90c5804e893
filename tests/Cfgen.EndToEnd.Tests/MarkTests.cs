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
        IEnumerable<string> frames = run.Result.Files.Where(file => file.StartsWith("frames/", StringComparison.Ordinal));
        string[] generated = [.. frames, "reconstruction.png", "counterfactual.png", "change.png", "path.webp"];
        Assert.True(generated.Length > 4);
        Assert.All(generated, file => Assert.Equal(Vocabulary + "trainedAlgorithmicMedia", Source(file)));
    }

    [Theory]
    [InlineData("difference.png")]
    [InlineData("filmstrip.png")]
    public void What_also_holds_the_photograph_says_that_it_is_a_composite(string file) =>
        Assert.Equal(Vocabulary + "compositeWithTrainedAlgorithmicMedia", Source(file));

    [Fact]
    public void The_original_carries_no_such_mark() => Assert.Null(Source("original.png"));

    [Fact]
    public void Every_picture_names_the_program()
    {
        string version = (string)run.Result.Run["tool"]!["version"]!;
        Assert.All(run.Result.Files.Where(file => Path.GetExtension(file) is ".png" or ".webp"),
            file => Assert.Equal($"cfgen {version}", Xmp(file)["xmp:CreatorTool"]));
    }

    [Fact]
    public async Task A_projection_marks_its_pictures_likewise()
    {
        using Workplace place = new(run.Cache);
        Assert.Equal(0, (await place.Run("project", "four-1.png", "--steps", "1", "--starts", "0", "--out", "out")).Exit);
        ResultFolder result = new(place["out"]);
        Assert.Equal(Vocabulary + "trainedAlgorithmicMedia", Source(Xmp(result, "reconstruction.png")));
        Assert.Equal(Vocabulary + "compositeWithTrainedAlgorithmicMedia", Source(Xmp(result, "difference.png")));
        Assert.Null(Source(Xmp(result, "original.png")));
        string version = (string)result.Run["tool"]!["version"]!;
        Assert.All(result.Files.Where(file => Path.GetExtension(file) is ".png"),
            file => Assert.Equal($"cfgen {version}", Xmp(result, file)["xmp:CreatorTool"]));
    }

    string? Source(string file) => Source(Xmp(file));

    IDictionary<string, string> Xmp(string file) => Xmp(run.Result, file);

    static string? Source(IDictionary<string, string> xmp) =>
        xmp.TryGetValue("Iptc4xmpExt:DigitalSourceType", out string? source) ? source : null;

    static IDictionary<string, string> Xmp(ResultFolder result, string file) =>
        ImageMetadataReader.ReadMetadata(result[file]).OfType<XmpDirectory>().Single().GetXmpProperties();
}
