using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using CsCheck;
using NetVips;

namespace Cfgen.Imaging.Tests;

public sealed class ImageLoaderRefusalTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static Problem Refused(string path)
    {
        Problem problem = Assert.Throws<InputException>(() => ImageLoader.Load(path, 3)).Problem;
        Assert.Equal(path, problem.Where);
        Assert.All([problem.Found, problem.Expected, problem.Fix], Assert.NotNull);
        return problem;
    }

    Problem Refused(byte[] bytes) => Refused(_folder.File("picture", bytes));

    static byte[] Encoded(string format)
    {
        using Image picture = Pictures.Vips(64, 64, 3, Enums.Interpretation.Srgb, Pictures.Pattern(64, 64, 3).Pixels.ToArray());
        return format switch
        {
            "png" => picture.PngsaveBuffer(),
            "jpeg" => picture.JpegsaveBuffer(),
            "webp" => picture.WebpsaveBuffer(lossless: true),
            _ => picture.TiffsaveBuffer(),
        };
    }

    [Theory]
    [InlineData("nowhere.png")]
    [InlineData("no-folder/picture.png")]
    public void A_missing_file(string name) => Assert.Equal("image-missing", Refused(_folder[name]).Code);

    [Fact]
    public void No_name_at_all() => Assert.Equal("image-missing", Refused("").Code);

    [Fact]
    public void A_folder() => Assert.Equal("image-is-a-folder", Refused(_folder.Path).Code);

    [Fact]
    public void An_empty_file() => Assert.Equal("image-empty", Refused([]).Code);

    [Fact]
    public void A_file_that_may_not_be_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "every file may be read here");
        string path = _folder.File("picture.png", Encoded("png"));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.None);
        Assert.Equal("image-no-permission", Refused(path).Code);
    }

    [Fact]
    public void A_pipe_is_not_waited_for_and_a_device_not_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells");
        using (Process made = Process.Start("mkfifo", [_folder["pipe"]])) made.WaitForExit();
        Assert.Equal(("image-unreadable", "a pipe (FIFO)"), Parts(Refused(_folder["pipe"])));
        Assert.Equal(("image-unreadable", "a device"), Parts(Refused("/dev/zero")));
        static (string Code, string? Found) Parts(Problem problem) => (problem.Code, problem.Found);
    }

    [Theory]
    [InlineData("png")]
    [InlineData("tiff")]
    public void A_small_picture_in_a_huge_file_is_not_read_whole(string format)
    {
        string path = _folder.File("picture", Encoded(format));
        using (FileStream file = File.OpenWrite(path)) file.SetLength(1_000_000_000); // takes no room on the disk
        long before = GC.GetAllocatedBytesForCurrentThread();
        Problem problem = Refused(path);
        Assert.Equal("image-too-large", problem.Code);
        Assert.Contains("1000000000 bytes for 64 x 64 pixels", problem.Found, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
    }

    [Fact]
    public void A_huge_file_that_is_no_picture_is_not_read_whole()
    {
        string path = _folder.File("picture", [1, 2, 3]);
        using (FileStream file = File.OpenWrite(path)) file.SetLength(1_000_000_000);
        Assert.Equal("image-format", Refused(path).Code);
    }

    [Fact]
    public void A_picture_cut_off_in_its_head_has_no_empty_reason()
    {
        Problem problem = Refused(Encoded("png")[..20]);
        Assert.Equal("image-damaged", problem.Code);
        Assert.DoesNotContain("()", problem.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello, world")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>")]
    [InlineData("GIF89a\u0001\0\u0001\0\0\0\0;")]
    [InlineData("%PDF-1.7")]
    [InlineData("P2 1 1 255 0")]
    [InlineData("x")]
    public void A_file_of_another_kind(string content)
    {
        Problem problem = Refused(Encoding.ASCII.GetBytes(content));
        Assert.Equal(("image-format", "PNG, JPEG, WebP or TIFF"), (problem.Code, problem.Expected));
    }

    [Fact]
    public void Other_decoders_are_blocked_in_the_library_itself() =>
        Assert.Throws<VipsException>(
            () => Libvips.Open("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>"u8.ToArray()));

    [Theory]
    [InlineData("png", 0.1)]
    [InlineData("png", 0.9)]
    [InlineData("jpeg", 0.1)]
    [InlineData("jpeg", 0.9)]
    [InlineData("webp", 0.1)]
    [InlineData("webp", 0.9)]
    [InlineData("tiff", 0.1)]
    [InlineData("tiff", 0.9)]
    public void A_picture_that_is_cut_off(string format, double part)
    {
        byte[] whole = Encoded(format);
        Assert.Equal("image-damaged", Refused(whole[..(int)(whole.Length * part)]).Code);
    }

    [Fact]
    public void A_picture_with_a_flipped_byte()
    {
        byte[] png = Encoded("png");
        png[png.Length / 2] ^= 0x40;
        Assert.Equal("image-damaged", Refused(png).Code);
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpeg")]
    [InlineData("webp")]
    [InlineData("tiff")]
    public void Whatever_is_wrong_with_a_file_is_an_error_of_the_user(string format)
    {
        byte[] whole = Encoded(format);
        string path = _folder["picture"];
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Array[1, 4].Sample(
            changes =>
            {
                byte[] changed = [.. whole];
                foreach ((int place, byte value) in changes) changed[place] = value;
                File.WriteAllBytes(path, changed);
                try
                {
                    return ImageLoader.Load(path, 3).Channels == 3;
                }
                catch (InputException)
                {
                    return true;
                }
            },
            iter: 100,
            threads: 1);
    }

    [Theory]
    [InlineData(20000, 20000)]
    [InlineData(16385, 1)]
    [InlineData(8193, 8192)]
    public void A_picture_with_too_many_pixels_before_any_of_them_is_decoded(int width, int height)
    {
        // The pixels are rubbish: decoding them would end in another error.
        byte[] header = [0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        Problem problem = Refused([
            .. Encoded("png")[..8], .. PngText.Chunk("IHDR", header), .. PngText.Chunk("IDAT", new byte[9]), .. PngText.Chunk("IEND", [])
        ]);
        Assert.Equal(("image-too-large", $"{width} x {height} pixels"), (problem.Code, problem.Found));
        Assert.Contains("16384", problem.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transparent_picture()
    {
        using Image picture = Pictures.Vips(2, 1, 4, Enums.Interpretation.Srgb, 1, 2, 3, 255, 4, 5, 6, 254);
        Problem problem = Refused(picture.PngsaveBuffer());
        Assert.Equal("image-transparent", problem.Code);
        Assert.StartsWith("flatten", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_in_printing_inks()
    {
        using Image inks = Pictures.Vips(8, 8, 4, Enums.Interpretation.Cmyk, new byte[256]);
        foreach (byte[] bytes in new[] { inks.JpegsaveBuffer(), inks.TiffsaveBuffer() })
        {
            Problem problem = Refused(bytes);
            Assert.Equal("image-colours", problem.Code);
            Assert.Contains("colour profile", problem.Fix, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_picture_of_floating_point_numbers()
    {
        using Image picture = Pictures.Vips(4, 4, 1, Enums.Interpretation.Bw, new byte[16]);
        using Image floats = picture.Cast(Enums.BandFormat.Float);
        Assert.Equal("image-depth", Refused(floats.TiffsaveBuffer()).Code);
    }

    [Fact]
    public void A_file_of_several_pages()
    {
        using Image page = Pictures.Vips(4, 8, 1, Enums.Interpretation.Bw, new byte[32]);
        using Image pages = page.Mutate(metadata => metadata.Set(GValue.GIntType, "page-height", 4));
        Problem problem = Refused(pages.TiffsaveBuffer());
        Assert.Equal(("image-multi-page", "2 pages or frames"), (problem.Code, problem.Found));
    }

    [Fact]
    public void An_animation()
    {
        AnimatedWebp.Write([Pictures.Uniform(8, 8, 1, 0), Pictures.Uniform(8, 8, 1, 255)], _folder["path.webp"], Pictures.Mark);
        Assert.Equal("image-multi-page", Refused(_folder["path.webp"]).Code);
    }
}
