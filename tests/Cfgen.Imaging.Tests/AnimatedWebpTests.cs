using NetVips;

namespace Cfgen.Imaging.Tests;

public sealed class AnimatedWebpTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(32, 32, 1, 4)]
    [InlineData(50, 40, 3, 4)]
    [InlineData(128, 130, 3, 1)]
    public void Every_frame_is_kept_pixel_by_pixel(int width, int height, int channels, int factor)
    {
        PixelImage[] frames = [
            Pictures.Pattern(width, height, channels), Pictures.Uniform(width, height, channels, 90),
            Pictures.Uniform(width, height, channels, 250)
        ];
        AnimatedWebp.Write(frames, _folder["path.webp"], Pictures.Mark, 40, 900);

        using Image read = Image.NewFromBuffer(File.ReadAllBytes(_folder["path.webp"]), "n=-1");
        Assert.Equal((width * factor, 3 * height * factor), (read.Width, read.Height));
        Assert.Equal([40, 40, 900], (int[])read.Get("delay"));
        Assert.Equal(0, read.Get("loop"));
        byte[] pixels = read.WriteToMemory<byte>();
        for (int y = 0; y < read.Height; y++)
        {
            (PixelImage frame, int row) = (frames[y / (height * factor)], y / factor % height);
            for (int x = 0; x < read.Width; x++)
            {
                int sample = (row * width + x / factor) * channels;
                Assert.Equal(frame.Pixels[sample], pixels[(y * read.Width + x) * read.Bands]);
                Assert.Equal(frame.Pixels[sample + channels - 1], pixels[(y * read.Width + x) * read.Bands + 2]);
            }
        }
    }

    [Fact]
    public void One_frame_is_a_still_picture()
    {
        AnimatedWebp.Write([Pictures.Uniform(128, 128, 3, 90)], _folder["still.webp"], Pictures.Mark);
        Assert.Equal(90, ImageLoader.Load(_folder["still.webp"], 1).Pixels[0]);
    }

    [Fact]
    public void A_frame_larger_than_webp_allows_is_an_io_error() =>
        Assert.Throws<IOException>(() => AnimatedWebp.Write([Pictures.Uniform(16384, 128, 1, 0)], _folder["path.webp"], Pictures.Mark));

    [Fact]
    public void Frames_of_different_sizes_or_none_are_refused()
    {
        string path = _folder["path.webp"];
        Assert.Throws<ArgumentException>(() => AnimatedWebp.Write([], path, Pictures.Mark));
        Assert.Throws<ArgumentException>(
            () => AnimatedWebp.Write([Pictures.Pattern(4, 4, 1), Pictures.Pattern(4, 5, 1)], path, Pictures.Mark));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnimatedWebp.Write([Pictures.Pattern(4, 4, 1)], path, Pictures.Mark, 0));
        Assert.False(File.Exists(path));
    }
}
