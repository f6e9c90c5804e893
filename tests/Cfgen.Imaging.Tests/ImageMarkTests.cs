using MetadataExtractor;
using MetadataExtractor.Formats.Png;
using MetadataExtractor.Formats.Xmp;

namespace Cfgen.Imaging.Tests;

/// <summary>What another program reads out of our files.</summary>
public sealed class ImageMarkTests : IDisposable
{
    const string Vocabulary = "http://cv.iptc.org/newscodes/digitalsourcetype/";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    string Written(string format, ImageMark mark)
    {
        string path = _folder["picture." + format];
        if (format == "png") PngFile.Write(Pictures.Pattern(8, 8, 3), path, mark);
        else AnimatedWebp.Write([Pictures.Pattern(8, 8, 3), Pictures.Uniform(8, 8, 3, 9)], path, mark);
        return path;
    }

    static IDictionary<string, string> Xmp(string path) =>
        ImageMetadataReader.ReadMetadata(path).OfType<XmpDirectory>().Single().GetXmpProperties();

    static IEnumerable<string> PngTexts(string path) =>
        ImageMetadataReader.ReadMetadata(path).OfType<PngDirectory>().Where(d => d.Name == "PNG-iTXt").SelectMany(d => d.Tags)
            .Select(t => t.Description!);

    [Theory]
    [InlineData("png", ImageOrigin.TrainedAlgorithmicMedia, "trainedAlgorithmicMedia")]
    [InlineData("webp", ImageOrigin.TrainedAlgorithmicMedia, "trainedAlgorithmicMedia")]
    [InlineData("png", ImageOrigin.CompositeWithTrainedAlgorithmicMedia, "compositeWithTrainedAlgorithmicMedia")]
    [InlineData("webp", ImageOrigin.CompositeWithTrainedAlgorithmicMedia, "compositeWithTrainedAlgorithmicMedia")]
    public void Xmp_says_that_the_picture_is_synthetic(string format, ImageOrigin origin, string term)
    {
        IDictionary<string, string> xmp = Xmp(Written(format, new ImageMark(origin, "cfgen 0.1.0", "eight to three")));
        Assert.Equal(Vocabulary + term, xmp["Iptc4xmpExt:DigitalSourceType"]);
        Assert.Equal("cfgen 0.1.0", xmp["xmp:CreatorTool"]);
        Assert.Equal("eight to three", xmp["dc:description[1]"]);
    }

    [Fact]
    public void Png_text_says_so_too() =>
        Assert.Equal(
            ["Software: cfgen 0.1.0", "Description: a test picture", $"DigitalSourceType: {Vocabulary}trainedAlgorithmicMedia"],
            PngTexts(Written("png", Pictures.Mark)));

    [Theory]
    [InlineData("png")]
    [InlineData("webp")]
    public void A_photograph_carries_no_mark_of_synthetic_origin(string format)
    {
        string path = Written(format, Pictures.Mark with { Origin = ImageOrigin.Photograph });
        Assert.DoesNotContain("Iptc4xmpExt:DigitalSourceType", Xmp(path).Keys);
        Assert.DoesNotContain(PngTexts(path), text => text.Contains("Media", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("png")]
    [InlineData("webp")]
    public void Any_text_survives(string format)
    {
        const string Description = "<größe> & \"字\" ' 🙂 ]]>";
        Assert.Equal(
            Description,
            Xmp(Written(format, new ImageMark(ImageOrigin.TrainedAlgorithmicMedia, "cfgen", Description)))["dc:description[1]"]);
    }

    [Fact]
    public void Characters_that_xml_forbids_become_spaces()
    {
        ImageMark mark = new(ImageOrigin.TrainedAlgorithmicMedia, "a\0b\uFFFE", "one\nline");
        Assert.Equal(("a b ", "one line"), (mark.Software, mark.Description));
        Assert.Equal("one line", Xmp(Written("png", mark))["dc:description[1]"]);
    }

    [Theory]
    [InlineData("png")]
    [InlineData("webp")]
    public void The_same_picture_gives_the_same_bytes(string format)
    {
        byte[] once = File.ReadAllBytes(Written(format, Pictures.Mark));
        Assert.Equal(once, File.ReadAllBytes(Written(format, Pictures.Mark)));
    }
}
