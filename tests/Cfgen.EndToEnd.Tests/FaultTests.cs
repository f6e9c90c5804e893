namespace Cfgen.EndToEnd.Tests;

/// <summary>
/// System calls that fail, and a process that is killed between two of them. <c>eng/faults.sh</c> tries all of them; these are the ones
/// where something was lost.
/// </summary>
public sealed class FaultTests(FourToNine run) : IDisposable
{
    static readonly string[] s_explain =
        [Built.Program, "explain", "four-1.png", "--target-class", "9", "--threshold", "0.01", "--out", "out/result", "--json"];

    readonly Workplace _place = new(run.Cache);

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(false, "EIO")]
    [InlineData(true, "EIO")] // of the folder around, when the new result has its name already
    [InlineData(false, "ENOSPC")]
    public async Task A_disk_that_does_not_take_a_file_leaves_the_old_result(bool last, string error)
    {
        int at = last ? await Count("fsync") : 1;
        Dictionary<string, string> before = await MakeOld();
        ProgramRun failed = await Fail("fsync", error, at, [], [.. s_explain, "--overwrite"]);
        Assert.Equal((2, ""), (failed.Exit, failed.Out));
        Assert.Equal(error == "EIO" ? "output-not-placed" : "disk-full", Refusal.Parse(failed.Error).Code);
        AssertOldAlone(before);
    }

    [Fact]
    public async Task A_new_result_that_the_disk_does_not_take_is_not_there()
    {
        ProgramRun failed = await Fail("fsync", "EIO", 1, [], s_explain);
        Assert.Equal((2, "output-not-placed"), (failed.Exit, Refusal.Parse(failed.Error).Code));
        Assert.Equal(["four-1.png"], _place.Names);
    }

    [Fact]
    public async Task A_gradient_file_that_the_disk_does_not_take_leaves_the_old_one()
    {
        Directory.CreateDirectory(_place["out"]);
        File.WriteAllText(_place["out/gradient.onnx"], "old");
        string classifier = Path.Combine(Built.Digits, "classifier.onnx");
        string[] line = [Built.Program, "gradient", "build", classifier, "--out", "out/gradient.onnx", "--overwrite", "--json"];
        ProgramRun failed = await Fail("fsync", "EIO", 1, [], line);
        Assert.Equal((2, "io-error"), (failed.Exit, Refusal.Parse(failed.Error).Code));
        Assert.Equal("old", File.ReadAllText(_place["out/gradient.onnx"]));
        Assert.Equal(["gradient.onnx"], Directory.EnumerateFileSystemEntries(_place["out"]).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public async Task What_cannot_be_put_back_is_kept_and_told_and_comes_back_with_the_next_run()
    {
        Dictionary<string, string> before = await MakeOld();
        // Without an exchange the old result is moved away by the second rename; then neither the new one comes in nor the old one back.
        ProgramRun failed = await Fail("rename", "EIO", 3, ["FAULT_EVERY=1", "FAULT_NO_EXCHANGE=1"], [.. s_explain, "--overwrite"]);
        Refusal refusal = Refusal.Parse(failed.Error);
        Assert.Equal((2, "output-not-restored"), (failed.Exit, refusal.Code));
        EnumerationOptions hidden = new() { RecurseSubdirectories = true, AttributesToSkip = 0 };
        string lies = Assert.Single(Directory.GetDirectories(_place["out"], "previous", hidden));
        Assert.Contains(lies, refusal.Fix, StringComparison.Ordinal);
        Assert.Equal(before, new ResultFolder(lies).Hashes());
        await AssertComesBack(before);
    }

    [Fact]
    public async Task A_process_killed_between_two_renames_loses_nothing()
    {
        Dictionary<string, string> before = await MakeOld();
        Assert.Equal(137, (await Fail("rename", "KILL", 3, ["FAULT_NO_EXCHANGE=1"], [.. s_explain, "--overwrite"])).Exit);
        Assert.False(Directory.Exists(_place["out/result"]));
        await AssertComesBack(before);
    }

    [Theory]
    [InlineData(1)] // its name is not the result's yet
    [InlineData(2)] // it is just about to be exchanged
    public async Task A_process_killed_at_a_rename_leaves_the_old_result_and_what_goes_with_the_next_run(int at)
    {
        Dictionary<string, string> before = await MakeOld();
        Assert.Equal(137, (await Fail("rename", "KILL", at, [], [.. s_explain, "--overwrite"])).Exit);
        Assert.Equal(before, new ResultFolder(_place["out/result"]).Hashes());
        await AssertComesBack(before);
    }

    async Task<Dictionary<string, string>> MakeOld()
    {
        string[] line = ["explain", "four-1.png", "--target-class", "0", "--threshold", "0.01", "--out", "out/result"];
        Assert.Equal(0, (await _place.Run(line)).Exit);
        return new ResultFolder(_place["out/result"]).Hashes();
    }

    /// <summary>How often one run makes a kind of call.</summary>
    async Task<int> Count(string call)
    {
        Assert.Equal(0, (await Fail(call, "EIO", 0, [$"FAULT_COUNT={_place["../count"]}"], s_explain)).Exit);
        Directory.Delete(_place["out"], recursive: true);
        return int.Parse(File.ReadAllText(_place["../count"]), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Runs a program while the n-th call of a kind that concerns <c>out</c> fails.</summary>
    async Task<ProgramRun> Fail(string call, string error, int at, string[] more, string[] line)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "made for Linux");
        string shim = _place["../shim.so"];
        const string Build = "command -v gcc >/dev/null || exit 77; exec gcc -shared -fPIC -o \"$1\" \"$2\" -ldl";
        ProgramRun built = await _place.RunOther("sh", "-c", Build, "sh", shim, Path.Combine(Repository.Root, "eng", "faults", "shim.c"));
        Assert.SkipWhen(built.Exit != 0, $"nothing here that compiles the faults: {built.Error}");
        // By way of a shell: a killed process has the exit code 137 there.
        string[] fault = [$"FAULT_FOLDER={_place["out"]}", $"FAULT_CALL={call}", $"FAULT_ERROR={error}", $"FAULT_AT={at}"];
        return await _place.RunOther("sh", ["-c", "env \"$@\"; exit $?", "sh", .. fault, .. more, $"LD_PRELOAD={shim}", .. line]);
    }

    void AssertOldAlone(Dictionary<string, string> before)
    {
        Assert.Equal(before, new ResultFolder(_place["out/result"]).Hashes());
        Assert.Equal(["result"], Directory.EnumerateFileSystemEntries(_place["out"]).Select(path => Path.GetFileName(path)));
    }

    /// <summary>Has another run refused, which puts everything in order first.</summary>
    async Task AssertComesBack(Dictionary<string, string> before)
    {
        ProgramRun next = await _place.Run(s_explain[1..]);
        Assert.Equal((2, "output-exists"), (next.Exit, Refusal.Parse(next.Error).Code));
        AssertOldAlone(before);
    }
}
