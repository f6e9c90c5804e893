namespace Cfgen.EndToEnd.Tests;

/// <summary>Pictures that cannot be explained, and one that can.</summary>
public sealed class PictureTests(FourToNine run) : IDisposable
{
    readonly Workplace _place = new(run.Cache);

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_picture_that_is_not_there()
    {
        Refusal refusal = await _place.Refused("image-missing", "explain", "five-1.png");
        Assert.Equal(_place["five-1.png"], refusal.Where);
        Assert.NotNull(refusal.Fix);
    }

    [Theory]
    [InlineData("image-missing", "five-1.png")]
    [InlineData("image-is-a-folder", ".")]
    [InlineData("image-format", "text.png")]
    public async Task A_wrong_picture_is_told_before_the_networks_are_loaded(string code, string picture)
    {
        using Workplace fresh = new();
        await File.WriteAllTextAsync(fresh["text.png"], "hello", TestContext.Current.CancellationToken);
        await fresh.Refused(code, "explain", picture);
        Assert.False(Directory.Exists(fresh.Cache)); // where the graphs of a loaded bundle would be
    }

    [Fact]
    public async Task A_folder() => await _place.Refused("image-is-a-folder", "explain", ".");

    [Fact]
    public async Task An_empty_file() => await Refused("image-empty", []);

    [Fact]
    public async Task A_picture_that_is_cut_off() =>
        await Refused("image-damaged", (await File.ReadAllBytesAsync(_place["four-1.png"], TestContext.Current.CancellationToken))[..200]);

    [Fact]
    public async Task A_file_that_is_no_picture() =>
        Assert.Contains("68656C6C6F", (await Refused("image-format", "hello"u8.ToArray())).Found, StringComparison.Ordinal);

    [Fact]
    public async Task A_picture_of_too_many_pixels() =>
        Assert.StartsWith("20000 x 20000", (await Refused("image-too-large", Pictures.Enormous())).Found, StringComparison.Ordinal);

    [Fact]
    public async Task A_transparent_picture() =>
        Assert.Contains("254", (await Refused("image-transparent", Pictures.Transparent())).Found, StringComparison.Ordinal);

    [Fact]
    public async Task A_picture_in_printing_inks() =>
        Assert.Contains("CMYK", (await Refused("image-colours", Pictures.PrintingInks())).What, StringComparison.Ordinal);

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task A_picture_that_may_not_be_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Unix modes");
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root may read every file");
        File.SetUnixFileMode(_place["four-1.png"], UnixFileMode.UserWrite);
        ProgramRun refused = await _place.Run("explain", "four-1.png", "--json");
        Assert.Equal((2, "image-no-permission"), (refused.Exit, Refusal.Parse(refused.Error).Code));
    }

    [Fact]
    public async Task Sixteen_bits_are_as_good_as_eight()
    {
        byte[] wide = Pictures.Widened(_place["four-1.png"]);
        await File.WriteAllBytesAsync(_place["four-1.png"], wide, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await _place.Run("explain", "four-1.png", "--target-class", "9")).Exit);
        Assert.Equal(run.Result.Hashes("inputs"), new ResultFolder(_place["four-1-to-nine"]).Hashes("inputs"));
    }

    [Fact]
    public async Task Without_json_the_error_is_a_few_plain_lines()
    {
        ProgramRun refused = await _place.Run("explain", "five-1.png", "--quiet");
        Assert.Equal((2, ""), (refused.Exit, refused.Out));
        Assert.Equal(
            $"error: the picture's file does not exist\n  where:    {_place["five-1.png"]}\n  found:    no such file\n  expected: a file\n"
                + "  fix:      check the path, relative to the present folder\n",
            refused.Error);
    }

    async Task<Refusal> Refused(string code, byte[] bytes)
    {
        await File.WriteAllBytesAsync(_place["picture.png"], bytes, TestContext.Current.CancellationToken);
        Refusal refusal = await _place.Refused(code, "explain", "picture.png");
        Assert.Equal(_place["picture.png"], refusal.Where);
        Assert.NotNull(refusal.Found);
        return refusal;
    }
}
