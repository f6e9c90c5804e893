using System.Globalization;
using Cfgen.Cli.Output;

namespace Cfgen.Cli.Tests;

public sealed class OutputFolderTests : IDisposable
{
    /// <summary>Above the largest process id of every system.</summary>
    const int NobodysPid = int.MaxValue;

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_is_there_before_the_commit_and_all_of_it_after()
    {
        using OutputFolder output = OutputFolder.Create(_folder["result"], overwrite: false);
        File.WriteAllText(output.PathOf("run.json"), "{}");
        File.WriteAllText(output.PathOf("frames/0000.png"), "picture");
        Assert.False(Directory.Exists(_folder["result"]));

        output.Commit();
        Assert.Equal(["result"], _folder.Names);
        Assert.Equal(
            ["frames/0000.png", "run.json"],
            Directory.EnumerateFiles(_folder["result"], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder["result"], file).Replace('\\', '/')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Without_a_commit_nothing_remains()
    {
        Assert.Throws<InvalidOperationException>(Fail);
        Assert.Empty(_folder.Names);

        void Fail()
        {
            using OutputFolder output = OutputFolder.Create(_folder["result"], overwrite: false);
            File.WriteAllText(output.PathOf("run.json"), "{}");
            throw new InvalidOperationException("in the middle");
        }
    }

    [Fact]
    public void Folders_on_the_way_are_made()
    {
        Write(_folder["a/b/result"], "new");
        Assert.Equal("new", File.ReadAllText(_folder["a/b/result/run.json"]));
    }

    [Fact]
    public void A_trailing_slash_changes_nothing()
    {
        Write(_folder["result"] + Path.DirectorySeparatorChar, "new");
        Assert.Equal(["result"], _folder.Names);
    }

    [Fact]
    public void An_older_result_is_refused_before_any_work()
    {
        Write(_folder["result"], "old");
        Assert.Equal("output-exists", CodeOf(() => OutputFolder.Create(_folder["result"], overwrite: false)));
        Assert.Equal("old", File.ReadAllText(_folder["result/run.json"]));
        Assert.Equal(["result"], _folder.Names);
    }

    [Fact]
    public void An_older_result_is_replaced_whole_where_that_was_asked_for()
    {
        Write(_folder["result"], "old", "old-only.txt");
        Write(_folder["result"], "new", overwrite: true);
        Assert.Equal("new", File.ReadAllText(_folder["result/run.json"]));
        Assert.False(File.Exists(_folder["result/old-only.txt"]));
        Assert.Equal(["result"], _folder.Names);
    }

    [Fact]
    public void An_older_result_stays_until_the_commit()
    {
        Write(_folder["result"], "old");
        using (OutputFolder output = OutputFolder.Create(_folder["result"], overwrite: true)) File.WriteAllText(output.PathOf("run.json"), "new");
        Assert.Equal("old", File.ReadAllText(_folder["result/run.json"]));
        Assert.Equal(["result"], _folder.Names);
    }

    [Fact]
    public void A_result_of_another_kind_is_never_replaced()
    {
        Write(_folder["result"], "old");
        Assert.Equal("output-foreign", CodeOf(() => OutputFolder.Create(_folder["result"], overwrite: true, ResultKind.OfModels)));
        File.WriteAllText(_folder["result/model.json"], "{}");
        OutputFolder.Create(_folder["result"], overwrite: true, ResultKind.OfModels).Dispose();
        Assert.Equal("old", File.ReadAllText(_folder["result/run.json"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_folder_of_somebody_else_is_never_touched(bool overwrite)
    {
        Directory.CreateDirectory(_folder["photos"]);
        File.WriteAllText(_folder["photos/holiday.jpg"], "sea");
        Assert.Equal("output-foreign", CodeOf(() => OutputFolder.Create(_folder["photos"], overwrite)));
        Assert.True(File.Exists(_folder["photos/holiday.jpg"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_in_the_way_is_never_touched(bool overwrite)
    {
        File.WriteAllText(_folder["result"], "mine");
        Assert.Equal("output-exists", CodeOf(() => OutputFolder.Create(_folder["result"], overwrite)));
        Assert.Equal("mine", File.ReadAllText(_folder["result"]));
    }

    [Fact]
    public void An_empty_folder_is_filled()
    {
        Directory.CreateDirectory(_folder["result"]);
        Write(_folder["result"], "new");
        Assert.Equal("new", File.ReadAllText(_folder["result/run.json"]));
    }

    [Fact]
    public void What_appears_meanwhile_is_not_overwritten()
    {
        using OutputFolder first = OutputFolder.Create(_folder["result"], overwrite: false);
        File.WriteAllText(first.PathOf("run.json"), "first");
        Write(_folder["result"], "second");
        Assert.Equal("output-exists", CodeOf(first.Commit));
        Assert.Equal("second", File.ReadAllText(_folder["result/run.json"]));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_refused_before_any_work()
    {
        File.WriteAllText(_folder["file"], "");
        Assert.Equal("output-not-writable", CodeOf(() => OutputFolder.Create(_folder["file/result"], overwrite: false)));
    }

    [Fact]
    public void Behind_a_link_the_folder_it_points_to_is_replaced()
    {
        Write(_folder["elsewhere"], "old");
        Directory.CreateSymbolicLink(_folder["result"], _folder["elsewhere"]);
        Write(_folder["result"], "new", overwrite: true);
        Assert.Equal("new", File.ReadAllText(_folder["elsewhere/run.json"]));
        Assert.NotNull(new DirectoryInfo(_folder["result"]).LinkTarget);
    }

    [Fact]
    public void What_a_dead_process_left_is_removed()
    {
        Partial("result", NobodysPid);
        Write(_folder["result"], "new");
        Assert.Equal(["result"], _folder.Names);
    }

    [Fact]
    public void What_a_living_process_writes_is_left_alone()
    {
        string partial = Partial("result", Environment.ProcessId);
        Write(_folder["result"], "new");
        Assert.Equal([Path.GetFileName(partial), "result"], _folder.Names);
    }

    [Fact]
    public void Partial_folders_of_other_targets_other_machines_and_unknown_processes_are_left_alone()
    {
        string[] kept =
        [
            Path.GetFileName(Partial("other", NobodysPid)),
            Path.GetFileName(Partial("result", NobodysPid, machine: "another machine")),
            Path.GetFileName(Partial("result", pid: null)),
        ];
        Write(_folder["result"], "new");
        Assert.Equal([.. kept.Append("result").Order(StringComparer.Ordinal)], _folder.Names);
    }

    [Fact]
    public void A_result_that_a_dead_process_had_put_aside_comes_back()
    {
        string partial = Partial("result", NobodysPid);
        Directory.CreateDirectory(Path.Combine(partial, "previous"));
        File.WriteAllText(Path.Combine(partial, "previous", "run.json"), "old");
        Assert.Equal("output-exists", CodeOf(() => OutputFolder.Create(_folder["result"], overwrite: false)));
        Assert.Equal("old", File.ReadAllText(_folder["result/run.json"]));
        Assert.Equal(["result"], _folder.Names);
    }

    static void Write(string target, string content, string name = "other.txt", bool overwrite = false)
    {
        using OutputFolder output = OutputFolder.Create(target, overwrite);
        File.WriteAllText(output.PathOf("run.json"), content);
        File.WriteAllText(output.PathOf(name), content);
        output.Commit();
    }

    string Partial(string target, int? pid, string? machine = null)
    {
        string path = _folder[string.Create(CultureInfo.InvariantCulture, $".{target}.cfgen-partial-{pid ?? 0}-{machine?.Length ?? 0}")];
        Directory.CreateDirectory(path);
        if (pid is { } id) File.WriteAllLines(Path.Combine(path, ".cfgen-partial"), [id.ToString(CultureInfo.InvariantCulture), machine ?? Environment.MachineName]);
        return path;
    }

    static string CodeOf(Action action) => Assert.Throws<InputException>(action).Problem.Code;
}
