namespace Cfgen.Imaging.Tests;

public sealed class WritingTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_that_is_not_there_is_an_io_error()
    {
        PixelImage image = Pictures.Pattern(4, 4, 1);
        Assert.ThrowsAny<IOException>(() => PngFile.Write(image, _folder["nowhere/picture.png"], Pictures.Mark));
        Assert.ThrowsAny<IOException>(() => AnimatedWebp.Write([image], _folder["nowhere/path.webp"], Pictures.Mark));
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_an_io_error() =>
        Assert.ThrowsAny<IOException>(() => PngFile.Write(Pictures.Pattern(4, 4, 1), _folder.Path, Pictures.Mark));

    [Fact]
    public void The_checksum_is_that_of_every_png_file() =>
        Assert.Equal("0000000049454E44AE426082", Convert.ToHexString(PngText.Chunk("IEND", [])));
}
