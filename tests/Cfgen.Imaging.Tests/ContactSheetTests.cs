namespace Cfgen.Imaging.Tests;

public sealed class ContactSheetTests
{
    [Fact]
    public void Pictures_stand_in_rows_and_the_last_row_may_be_short()
    {
        PixelImage[] pictures = [.. Enumerable.Range(0, 5).Select(i => Pictures.Uniform(96, 96, 1, (byte)(40 * i)))];
        PixelImage sheet = ContactSheet.Compose([.. pictures.Select((p, i) => (p, $"seed {i}"))]);
        PixelImage row = FilmStrip.Compose([.. pictures.Take(3).Select((p, i) => (p, $"seed {i}"))], FilmStrip.CaptionWidth);
        Assert.Equal((row.Width, 2 * row.Height, 3), (sheet.Width, sheet.Height, sheet.Channels));
        Assert.Equal(row.Pixels, sheet.Pixels[..row.Pixels.Length]);
        Assert.Equal(160, At(sheet, 8 + 96 + 8 + 20, row.Height + 8 + 20));
        Assert.Equal(255, At(sheet, 8 + 2 * (96 + 8) + 20, row.Height + 8 + 20));
    }

    [Fact]
    public void Large_pictures_are_shrunk_and_small_ones_left()
    {
        PixelImage large = ContactSheet.Thumbnail(Pictures.Uniform(1024, 512, 3, 90)), small = Pictures.Uniform(32, 32, 1, 5);
        Assert.Equal((256, 128, 3), (large.Width, large.Height, large.Channels));
        Assert.All(large.Pixels.ToArray(), level => Assert.Equal(90, level));
        Assert.Same(small, ContactSheet.Thumbnail(small));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(ContactSheet.MaxImages + 1)]
    public void A_sheet_of_none_or_too_many_is_refused(int count) =>
        Assert.Throws<ArgumentException>(() => ContactSheet.Compose([.. Enumerable.Repeat((Pictures.Uniform(1, 1, 1, 0), ""), count)]));

    static byte At(PixelImage image, int x, int y) => image.Pixels[(y * image.Width + x) * 3];
}
