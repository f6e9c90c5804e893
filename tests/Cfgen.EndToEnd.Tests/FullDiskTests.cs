namespace Cfgen.EndToEnd.Tests;

/// <summary>A disk that gets full: a small file system in memory, which only the program and a shell around it see.</summary>
public sealed class FullDiskTests(FourToNine run) : IDisposable
{
    /// <summary>
    /// Mounts the disk, fills it where that is asked for, runs the program, and lists what is left, on stdout, which a refusing program
    /// leaves empty.
    /// </summary>
    const string Script = """
        disk=$1 size=$2 full=$3
        shift 3
        mount -t tmpfs -o "size=$size" tmpfs "$disk" || exit 77
        if [ "$full" = full ]; then cat /dev/zero 2>/dev/null >"$disk/ballast"; fi
        "$@"
        code=$?
        ls -A "$disk"
        exit $code
        """;

    readonly Workplace _place = new(run.Cache);

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("16k")] // in the middle of the search
    [InlineData("32k")] // while the pictures are composed
    public async Task A_result_for_which_there_is_no_room_leaves_nothing(string size) =>
        Assert.Equal("", await Left(size, "", "--out", "disk/result"));

    [Fact]
    public async Task A_disk_that_is_full_from_the_start() =>
        Assert.Equal("ballast\n", await Left("16k", "full", "--out", "disk/results/four"));

    [Fact]
    public async Task A_gradient_graph_for_which_there_is_no_room_leaves_nothing()
    {
        Assert.Equal("", await Left("16k", "", "--save-gradient-graph", "disk/graph.onnx"));
        Assert.Equal(["disk", "four-1.png"], _place.Names);
    }

    /// <summary>What is on the disk after the program has said that it is full.</summary>
    async Task<string> Left(string size, string full, params string[] options)
    {
        Directory.CreateDirectory(_place["disk"]);
        await SkipWhereNothingCanBeMounted();
        string[] explain = [Built.Program, "explain", "four-1.png", "--target-class", "9", "--json", .. options];
        ProgramRun refused = await _place.RunOther(
            "unshare", ["--mount", "--map-root-user", "sh", "-c", Script, "sh", _place["disk"], size, full, .. explain]);
        Refusal refusal = Refusal.Parse(refused.Error);
        Assert.Equal((2, "disk-full"), (refused.Exit, refusal.Code));
        Assert.Contains("full", refusal.What, StringComparison.Ordinal);
        return refused.Out;
    }

    async Task SkipWhereNothingCanBeMounted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has mount namespaces");
        ProgramRun trial =
            await _place.RunOther("sh", "-c", "unshare --mount --map-root-user mount -t tmpfs tmpfs \"$1\"", "sh", _place["disk"]);
        Assert.SkipWhen(trial.Exit != 0, $"this machine lets nobody mount a file system: {trial.Error.TrimEnd()}");
    }
}
