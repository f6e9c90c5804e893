using CsCheck;

namespace Cfgen.Imaging.Tests;

public sealed class CanvasFitterTests
{
    static readonly Canvas s_digits = new(32, 32, 1) { ContentWidth = 28, ContentHeight = 28 };

    [Theory]
    [InlineData(ImageFit.Pad)]
    [InlineData(ImageFit.Crop)]
    [InlineData(ImageFit.Resize)]
    [InlineData(ImageFit.Refuse)]
    public void A_picture_of_the_right_size_is_taken_as_it_is(ImageFit fit)
    {
        PixelImage image = Pictures.Pattern(32, 32, 1);
        Assert.Same(image, CanvasFitter.Fit(image, s_digits with { Fit = fit }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_picture_of_the_content_box_lands_in_the_middle_unscaled(int channels)
    {
        PixelImage digit = Pictures.Pattern(28, 28, channels);
        PixelImage fitted = CanvasFitter.Fit(digit, s_digits with { Channels = channels, Background = 77 });
        for (int y = 0; y < 32; y++)
        {
            for (int x = 0; x < 32; x++)
            {
                bool inside = x is >= 2 and < 30 && y is >= 2 and < 30;
                for (int c = 0; c < channels; c++)
                    Assert.Equal(
                        inside ? digit.Pixels[((y - 2) * 28 + x - 2) * channels + c] : 77, fitted.Pixels[(y * 32 + x) * channels + c]);
            }
        }
    }

    [Fact]
    public void Pad_shows_the_whole_picture_and_fills_up_with_the_background()
    {
        PixelImage fitted = CanvasFitter.Fit(Pictures.Uniform(100, 50, 1, 200), new Canvas(20, 20, 1) { Background = 9 });
        for (int y = 0; y < 20; y++) Assert.Equal(y is >= 5 and < 15 ? 200 : 9, fitted.Pixels[y * 20 + 10]);
    }

    [Fact]
    public void Crop_keeps_the_middle()
    {
        // Three squares side by side: only the one in the middle is left.
        PixelImage wide = new(90, 30, 1, [.. Enumerable.Range(0, 2700).Select(i => (byte)(i % 90 / 30 * 100))]);
        PixelImage fitted = CanvasFitter.Fit(wide, new Canvas(30, 30, 1) { Fit = ImageFit.Crop });
        Assert.All(fitted.Pixels.ToArray(), v => Assert.Equal(100, v));
    }

    [Fact]
    public void Resize_ignores_the_aspect_ratio()
    {
        PixelImage halves = new(80, 20, 1, [.. Enumerable.Range(0, 1600).Select(i => (byte)(i % 80 < 40 ? 0 : 240))]);
        PixelImage fitted = CanvasFitter.Fit(halves, new Canvas(20, 20, 1) { Fit = ImageFit.Resize });
        for (int y = 0; y < 20; y++) Assert.Equal((0, 240), (fitted.Pixels[y * 20 + 3], fitted.Pixels[y * 20 + 16]));
    }

    [Fact]
    public void Shrinking_blends_what_it_cannot_show()
    {
        PixelImage board = new(64, 64, 1, [.. Enumerable.Range(0, 4096).Select(i => (byte)((i % 64 + i / 64) % 2 * 255))]);
        PixelImage fitted = CanvasFitter.Fit(board, new Canvas(16, 16, 1));
        Assert.All(fitted.Pixels.ToArray(), v => Assert.InRange(v, 118, 137));
    }

    [Fact]
    public void Refuse_names_both_sizes_and_the_file()
    {
        Canvas canvas = s_digits with { Fit = ImageFit.Refuse };
        Problem problem = Assert.Throws<InputException>(() => CanvasFitter.Fit(Pictures.Pattern(28, 30, 1), canvas, "digit.png")).Problem;
        Assert.Equal(
            ("image-size", "digit.png", "28 x 30 pixels", "32 x 32 pixels"),
            (problem.Code, problem.Where, problem.Found, problem.Expected));
    }

    [Fact]
    public void One_gray_level_stays_that_level_in_any_size() =>
        Gen.Select(Gen.Int[1, 90], Gen.Int[1, 90], Gen.Int[1, 40], Gen.Int[1, 40], Gen.Byte,
            Gen.Enum<ImageFit>().Where(f => f != ImageFit.Refuse))
            .Sample(
            (width, height, canvasWidth, canvasHeight, level, fit) =>
            {
                Canvas canvas = new(canvasWidth, canvasHeight, 3) { Fit = fit, Background = level };
                PixelImage fitted = CanvasFitter.Fit(Pictures.Uniform(width, height, 3, level), canvas);
                return fitted.Width == canvasWidth && fitted.Height == canvasHeight && !fitted.Pixels.ContainsAnyExcept(level);
            },
            iter: 300);

    [Fact]
    public void A_thread_of_pixels_is_an_error_of_the_user() =>
        Assert.Equal(
            "image-not-fitted",
            Assert.Throws<InputException>(
                () => CanvasFitter.Fit(Pictures.Uniform(16384, 1, 1, 0), new Canvas(8192, 8192, 1) { Fit = ImageFit.Crop })).Problem.Code);

    [Fact]
    public void A_content_box_larger_than_the_canvas_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => CanvasFitter.Fit(Pictures.Pattern(5, 5, 1), new Canvas(8, 8, 1) { ContentWidth = 9 }));

    [Fact]
    public void Another_number_of_channels_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => CanvasFitter.Fit(Pictures.Pattern(32, 32, 3), s_digits));
}
