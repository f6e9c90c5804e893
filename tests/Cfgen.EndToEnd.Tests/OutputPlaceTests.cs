namespace Cfgen.EndToEnd.Tests;

/// <summary>Places where no result can be written.</summary>
public sealed class OutputPlaceTests(FourToNine run) : IDisposable
{
    readonly Workplace _place = new(run.Cache);

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task An_older_result()
    {
        Make("result/run.json");
        Refusal refusal = await Refused("output-exists", "result");
        Assert.Contains("--overwrite", refusal.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_somebody_else_whatever_was_asked_for()
    {
        Make("photos/holiday.txt");
        await Refused("output-foreign", "photos", "--overwrite");
    }

    [Fact]
    public async Task A_file()
    {
        Make("result");
        await Refused("output-exists", "result", "--overwrite");
    }

    [Fact]
    public async Task A_folder_in_a_file()
    {
        Make("file");
        await Refused("output-not-writable", "file/result");
    }

    [Fact]
    public async Task A_file_system_that_takes_no_files()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has /proc");
        await Refused("output-not-writable", "/proc/result");
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task A_folder_that_may_not_be_written_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Unix modes");
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root may write everywhere");
        Directory.CreateDirectory(_place["closed"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await Refused("output-not-writable", "closed/result");
    }

    [Fact]
    public async Task Folders_made_on_the_way_are_gone_after_an_error() =>
        await _place.Refused("image-missing", "explain", "five-1.png", "--out", "results/today/five");

    void Make(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_place[file])!);
        File.WriteAllText(_place[file], "{}");
    }

    async Task<Refusal> Refused(string code, string folder, params string[] options)
    {
        Refusal refusal = await _place.Refused(code, ["explain", "four-1.png", "--target-class", "9", "--out", folder, .. options]);
        Assert.Equal(_place[folder], refusal.Where);
        return refusal;
    }
}
