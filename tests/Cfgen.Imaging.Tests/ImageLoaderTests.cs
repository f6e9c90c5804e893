using CsCheck;
using NetVips;

namespace Cfgen.Imaging.Tests;

public sealed class ImageLoaderTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_picture_written_as_png_comes_back_as_it_was() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Bool).Sample(
            (width, height, gray) =>
            {
                PixelImage image = Pictures.Pattern(width, height, gray ? 1 : 3);
                string path = _folder[$"{Guid.NewGuid()}.png"];
                PngFile.Write(image, path, Pictures.Mark);
                PixelImage read = ImageLoader.Load(path, image.Channels);
                return read.Width == width && read.Height == height && read.Pixels.SequenceEqual(image.Pixels);
            },
            iter: 50);

    [Theory]
    [InlineData("picture.png[page=7]")]
    [InlineData("picture[1]")]
    [InlineData("größe 字.jpg")]
    public void The_name_of_a_file_says_nothing_about_it(string name)
    {
        PixelImage image = Pictures.Pattern(5, 4, 3);
        PngFile.Write(image, _folder[name], Pictures.Mark);
        Assert.Equal(image.Pixels, ImageLoader.Load(_folder[name], 3).Pixels);
    }

    [Fact]
    public void A_file_that_was_rewritten_is_read_anew()
    {
        string path = _folder["picture.png"];
        PngFile.Write(Pictures.Uniform(4, 4, 1, 10), path, Pictures.Mark);
        Assert.Equal(10, ImageLoader.Load(path, 1).Pixels[0]);
        PngFile.Write(Pictures.Uniform(4, 4, 1, 20), path, Pictures.Mark);
        Assert.Equal(20, ImageLoader.Load(path, 1).Pixels[0]);
    }

    [Theory]
    [InlineData("webp")]
    [InlineData("tiff")]
    [InlineData("png")]
    public void Lossless_formats_give_the_exact_pixels(string format)
    {
        PixelImage image = Pictures.Pattern(7, 5, 3);
        using Image picture = Pictures.Vips(7, 5, 3, Enums.Interpretation.Srgb, image.Pixels.ToArray());
        byte[] bytes = format switch
        {
            "webp" => picture.WebpsaveBuffer(lossless: true),
            "tiff" => picture.TiffsaveBuffer(),
            _ => picture.PngsaveBuffer(interlace: true),
        };
        Assert.Equal(image.Pixels, ImageLoader.Load(_folder.File("picture", bytes), 3).Pixels);
    }

    [Fact]
    public void Every_gray_level_is_kept_between_gray_and_colour()
    {
        byte[] levels = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        using Image gray = Pictures.Vips(256, 1, 1, Enums.Interpretation.Bw, levels);
        PixelImage colour = ImageLoader.Load(_folder.File("gray.png", gray.PngsaveBuffer()), 3);
        Assert.Equal(levels.SelectMany(v => new[] { v, v, v }), colour.Pixels.ToArray());

        PngFile.Write(colour, _folder["colour.png"], Pictures.Mark);
        Assert.Equal(levels, ImageLoader.Load(_folder["colour.png"], 1).Pixels);
    }

    [Fact]
    public void Gray_of_a_colour_is_its_luminance()
    {
        using Image primaries = Pictures.Vips(3, 1, 3, Enums.Interpretation.Srgb, 255, 0, 0, 0, 255, 0, 0, 0, 255);
        PixelImage gray = ImageLoader.Load(_folder.File("primaries.png", primaries.PngsaveBuffer()), 1);
        // Encoded as sRGB: 1.055 L^(1/2.4) - 0.055 of the Rec. 709 weights L = 0.2126, 0.7152 and 0.0722.
        Assert.Equal(127, gray.Pixels[0], 1.0);
        Assert.Equal(220, gray.Pixels[1], 1.0);
        Assert.Equal(76, gray.Pixels[2], 1.0);
    }

    [Fact]
    public void Sixteen_bits_are_rounded_to_eight()
    {
        using Image deep = Pictures.Vips16(5, 1, 1, Enums.Interpretation.Grey16, 0, 65535, 100 * 257, 100 * 257 + 128, 100 * 257 + 129);
        Assert.Equal(
            new byte[] { 0, 255, 100, 100, 101 }, ImageLoader.Load(_folder.File("deep.png", deep.PngsaveBuffer()), 1).Pixels.ToArray());
        Assert.Equal(
            new byte[] { 0, 255, 100, 100, 101 }, ImageLoader.Load(_folder.File("deep.tiff", deep.TiffsaveBuffer()), 1).Pixels.ToArray());
    }

    [Fact]
    public void An_opaque_alpha_channel_is_dropped()
    {
        using Image colour = Pictures.Vips(2, 1, 4, Enums.Interpretation.Srgb, 1, 2, 3, 255, 4, 5, 6, 255);
        using Image gray = Pictures.Vips16(2, 1, 2, Enums.Interpretation.Grey16, 257, 65535, 514, 65535);
        Assert.Equal(
            new byte[] { 1, 2, 3, 4, 5, 6 }, ImageLoader.Load(_folder.File("colour.png", colour.PngsaveBuffer()), 3).Pixels.ToArray());
        Assert.Equal(new byte[] { 1, 2 }, ImageLoader.Load(_folder.File("gray.png", gray.PngsaveBuffer()), 1).Pixels.ToArray());
    }

    [Fact]
    public void A_palette_is_looked_up()
    {
        byte[] samples = [255, 0, 0, 0, 0, 255, 255, 0, 0, 0, 255, 0];
        using Image picture = Pictures.Vips(2, 2, 3, Enums.Interpretation.Srgb, samples);
        byte[] png = picture.PngsaveBuffer(palette: true, dither: 0);
        Assert.Equal(3, png[25]); // colour type of the header: indexed
        Assert.Equal(samples, ImageLoader.Load(_folder.File("palette.png", png), 3).Pixels.ToArray());
    }

    [Fact]
    public void A_photograph_taken_sideways_is_turned_upright()
    {
        // 16 x 8, white on the left; orientation 6 says that the left side is the top.
        byte[] samples = [.. Enumerable.Range(0, 128).Select(i => (byte)(i % 16 < 8 ? 255 : 0))];
        using Image flat = Pictures.Vips(16, 8, 1, Enums.Interpretation.Bw, samples);
        using Image sideways = flat.Mutate(metadata => metadata.Set(GValue.GIntType, "orientation", 6));
        PixelImage upright = ImageLoader.Load(_folder.File("sideways.jpg", sideways.JpegsaveBuffer(q: 100)), 1);
        Assert.Equal((8, 16), (upright.Width, upright.Height));
        Assert.All(upright.Pixels[..64].ToArray(), v => Assert.InRange(v, 250, 255));
        Assert.All(upright.Pixels[64..].ToArray(), v => Assert.InRange(v, 0, 5));
    }

    [Fact]
    public void A_number_of_channels_that_no_picture_has_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageLoader.Load("picture.png", 2));
}
