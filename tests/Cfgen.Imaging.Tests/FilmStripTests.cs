namespace Cfgen.Imaging.Tests;

public sealed class FilmStripTests
{
    [Fact]
    public void Small_pictures_are_enlarged_and_stand_in_a_row()
    {
        PixelImage dark = Pictures.Uniform(32, 32, 1, 0);
        PixelImage red = new(32, 32, 3, [.. Enumerable.Range(0, 32 * 32 * 3).Select(i => (byte)(i % 3 == 0 ? 255 : 0))]);
        PixelImage strip = FilmStrip.Compose([(dark, "original"), (red, "step 3  p 0.42")]);
        // Gaps of 16 around pictures of 192; below them 10 and one line of 22: all of it twice the smallest letters' size.
        Assert.Equal((3 * 16 + 2 * 192, 16 + 192 + 10 + 22 + 16, 3), (strip.Width, strip.Height, strip.Channels));
        Assert.Equal(new byte[] { 0, 0, 0 }, At(strip, 16, 16));
        Assert.Equal(new byte[] { 0, 0, 0 }, At(strip, 16 + 191, 16 + 191));
        Assert.Equal(new byte[] { 255, 0, 0 }, At(strip, 16 + 192 + 16, 16));
        Assert.Equal(new byte[] { 255, 255, 255 }, At(strip, 0, 0));
    }

    [Fact]
    public void A_caption_is_written_below_its_picture_and_nowhere_else()
    {
        PixelImage white = Pictures.Uniform(96, 96, 1, 255);
        PixelImage with = FilmStrip.Compose([(white, ""), (white, "|")], FilmStrip.CaptionWidth);
        PixelImage without = FilmStrip.Compose([(white, ""), (white, "")], FilmStrip.CaptionWidth);
        var changed = (from y in Enumerable.Range(0, with.Height)
                       from x in Enumerable.Range(0, with.Width)
                       where !At(with, x, y).SequenceEqual(At(without, x, y))
                       select (x, y)).ToList();
        Assert.Equal(Enumerable.Range(0, BitmapFont.Height).Count(row => BitmapFont.HasInk('|', 2, row)), changed.Count);
        Assert.Single(changed.Select(p => p.x).Distinct());
        Assert.All(changed, p => Assert.InRange(p.x, 8 + 96 + 8, 8 + 96 + 8 + 95));
        Assert.All(changed, p => Assert.InRange(p.y, 8 + 96 + 5, with.Height - 8));
    }

    [Fact]
    public void Letters_grow_with_the_pictures()
    {
        PixelImage strip = FilmStrip.Compose([(Pictures.Uniform(256, 256, 3, 0), "original")]);
        Assert.Equal((256 + 2 * 16, 16 + 256 + 10 + 22 + 16), (strip.Width, strip.Height));
    }

    [Theory]
    [InlineData("original", "original")]
    [InlineData("counterfactual  p 0.95", "counterfactual|p 0.95")]
    [InlineData("one\ntwo", "one|two")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnop|qrstuvwxyz")]
    [InlineData("", "")]
    public void Captions_break_between_words(string caption, string lines) => Assert.Equal(lines.Split('|'), FilmStrip.Lines(caption, 16));

    [Fact]
    public void A_strip_without_pictures_is_refused() => Assert.Throws<ArgumentException>(() => FilmStrip.Compose([]));

    static byte[] At(PixelImage image, int x, int y) => image.Pixels.Slice((y * image.Width + x) * 3, 3).ToArray();
}
