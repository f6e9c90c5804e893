using System.Globalization;
using System.Text.Json;
using Cfgen.Cli.Output.Files;
using Cfgen.Cli.Results;

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
            Directory.EnumerateFiles(_folder["result"], "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(_folder["result"], file).Replace('\\', '/')).Order(StringComparer.Ordinal));
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
        Assert.Equal("new", Content("a/b/result"));
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
        Assert.Equal("old", Content("result"));
        Assert.Equal(["result"], _folder.Names);
    }

    [Fact]
    public void An_older_result_is_replaced_whole_where_that_was_asked_for()
    {
        Write(_folder["result"], "old", "old-only.txt");
        Write(_folder["result"], "new", overwrite: true);
        Assert.Equal("new", Content("result"));
        Assert.False(File.Exists(_folder["result/old-only.txt"]));
        Assert.Equal(["result"], _folder.Names);
    }

    [Fact]
    public void An_older_result_stays_until_the_commit()
    {
        Write(_folder["result"], "old");
        using (OutputFolder output = OutputFolder.Create(_folder["result"], overwrite: true)) Fill(output, "new");
        Assert.Equal("old", Content("result"));
        Assert.Equal(["result"], _folder.Names);
    }

    [Fact]
    public void A_result_of_another_kind_is_never_replaced()
    {
        Write(_folder["result"], "old");
        Assert.Equal("output-foreign", CodeOf(() => OutputFolder.Create(_folder["result"], overwrite: true, ResultKind.OfModels)));
        Assert.Equal("old", Content("result"));
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
        Assert.Equal("new", Content("result"));
    }

    [Fact]
    public void What_appears_meanwhile_is_not_overwritten()
    {
        using OutputFolder first = OutputFolder.Create(_folder["result"], overwrite: false);
        Fill(first, "first");
        Write(_folder["result"], "second");
        Assert.Equal("output-exists", CodeOf(first.Commit));
        Assert.Equal("second", Content("result"));
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
        Assert.Equal("new", Content("elsewhere"));
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
        File.WriteAllText(Path.Combine(partial, "previous", "run.json"), "{}");
        File.WriteAllText(Path.Combine(partial, "previous", "other.txt"), "old");
        Assert.Equal("output-exists", CodeOf(() => OutputFolder.Create(_folder["result"], overwrite: false)));
        Assert.Equal("old", Content("result"));
        Assert.Equal(["result"], _folder.Names);
    }

    [Theory]
    [InlineData("{}", "run.json that cfgen did not write")]
    [InlineData("no json", "run.json that cfgen did not write")]
    [InlineData("""{"$schema": "urn:other:1", "files": ["run.json", "other.txt"]}""", "run.json that cfgen did not write")]
    [InlineData("""{"$schema": "urn:cfgen:schema:generate:1", "files": ["run.json", "other.txt"]}""", "run.json that cfgen did not write")]
    [InlineData("""{"$schema": "urn:cfgen:schema:run:1"}""", "does not list the files")]
    public void A_folder_that_only_looks_like_a_result_is_never_replaced(string record, string found)
    {
        Write(_folder["result"], "old");
        File.WriteAllText(_folder["result/run.json"], record);
        Problem problem = ProblemOf(() => OutputFolder.Create(_folder["result"], overwrite: true));
        Assert.Equal(("output-foreign", _folder["result"]), (problem.Code, problem.Where));
        Assert.Contains(found, problem.Found, StringComparison.Ordinal);
        Assert.Equal("old", Content("result"));
        Assert.Equal(["result"], _folder.Names);
    }

    [Theory]
    [InlineData("notes.txt", "notes.txt")]
    [InlineData("frames/mine.png", "frames/mine.png")]
    [InlineData("inner/a/b.txt", "inner/")]
    public void A_file_of_the_users_own_in_a_result_is_named_and_never_deleted(string name, string told)
    {
        Write(_folder["result"], "old", "frames/0000.png");
        Directory.CreateDirectory(Path.GetDirectoryName(_folder["result/" + name])!);
        File.WriteAllText(_folder["result/" + name], "mine");
        Problem problem = ProblemOf(() => OutputFolder.Create(_folder["result"], overwrite: true));
        Assert.Equal(("output-foreign", told), (problem.Code, problem.Found));
        Assert.Equal("mine", File.ReadAllText(_folder["result/" + name]));
    }

    [Fact]
    public void A_link_in_a_result_is_the_users_own_whatever_its_name()
    {
        Write(_folder["result"], "old", "frames/0000.png");
        Directory.Move(_folder["result/frames"], _folder["pictures"]);
        Directory.CreateSymbolicLink(_folder["result/frames"], _folder["pictures"]);
        Assert.Equal("frames/", ProblemOf(() => OutputFolder.Create(_folder["result"], overwrite: true)).Found);
        Assert.True(File.Exists(_folder["pictures/0000.png"]));
    }

    [Fact]
    public void Of_many_files_the_first_are_named()
    {
        Write(_folder["result"], "old");
        foreach (int i in Enumerable.Range(0, 100)) File.WriteAllText(_folder[$"result/{i}.txt"], "mine");
        string found = ProblemOf(() => OutputFolder.Create(_folder["result"], overwrite: true)).Found!;
        Assert.Matches(@"^(\d+\.txt, ){4}\d+\.txt and more$", found);
    }

    [Fact]
    public void A_file_that_the_user_adds_while_the_result_is_made_keeps_the_older_result()
    {
        Write(_folder["result"], "old");
        using OutputFolder output = OutputFolder.Create(_folder["result"], overwrite: true);
        Fill(output, "new");
        File.WriteAllText(_folder["result/notes.txt"], "mine");
        Assert.Equal("output-foreign", CodeOf(output.Commit));
        Assert.Equal(("old", "mine"), (Content("result"), File.ReadAllText(_folder["result/notes.txt"])));
    }

    [Theory]
    [InlineData("result/other.txt")]
    [InlineData("result")]
    [InlineData("link/other.txt")]
    public void A_folder_with_an_input_in_it_is_never_replaced(string input)
    {
        Write(_folder["result"], "old");
        Directory.CreateSymbolicLink(_folder["link"], _folder["result"]);
        Problem problem = ProblemOf(() => OutputFolder.Create(_folder["result"], overwrite: true, ResultKind.Run, null, _folder[input]));
        Assert.Equal(("output-is-input", _folder[input]), (problem.Code, problem.Found));
        Assert.Equal("old", Content("result"));
    }

    [Fact]
    public void A_name_of_the_greatest_length_is_taken()
    {
        string name = new('n', 255);
        Write(_folder[name], "old");
        Write(_folder[name], "new", overwrite: true);
        Assert.Equal("new", Content(name));
        Assert.Equal([name], _folder.Names);
    }

    [Theory]
    [InlineData("")] // killed before the mark was written
    [InlineData(null)] // before it was made, or after it was removed
    public void What_a_process_left_that_died_at_either_end_is_removed(string? mark)
    {
        string partial = _folder[string.Create(CultureInfo.InvariantCulture, $".result.cfgen-partial-{NobodysPid}-01234567")];
        Directory.CreateDirectory(partial);
        if (mark is not null) File.WriteAllText(Path.Combine(partial, ".cfgen-partial"), mark);
        Write(_folder["result"], "new");
        Assert.Equal(["result"], _folder.Names);
    }

    [Fact]
    public void What_was_left_under_the_id_of_a_process_that_lives_now_is_told_by_its_lock()
    {
        string partial = Partial("result", Environment.ProcessId);
        File.AppendAllLines(Path.Combine(partial, ".cfgen-partial"), ["locked"]);
        using (FileStream locked = new(Path.Combine(partial, ".cfgen-partial"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Write(_folder["result"], "old");
            Assert.Equal([Path.GetFileName(partial), "result"], _folder.Names);
        }
        Write(_folder["result"], "new", overwrite: true);
        Assert.Equal(["result"], _folder.Names);
    }

    [Fact]
    public async Task Of_many_writers_at_once_the_last_one_wins_and_nothing_is_ever_missing()
    {
        Write(_folder["deep/result"], "old");
        using CancellationTokenSource done = new();
        Task<int> missing = Task.Run(() =>
        {
            int count = 0;
            while (!done.IsCancellationRequested) count += File.Exists(_folder["deep/result/run.json"]) ? 0 : 1;
            return count;
        });
        Parallel.For(0, 8, new() { MaxDegreeOfParallelism = 8 }, writer =>
        {
            for (int i = 0; i < 20; i++) Write(_folder["deep/result"], $"{writer} {i}", overwrite: true);
        });
        await done.CancelAsync();
        Assert.Equal(0, await missing);
        Assert.EndsWith(" 19", Content("deep/result"), StringComparison.Ordinal);
        Assert.Equal(["result"], Directory.EnumerateFileSystemEntries(_folder["deep"]).Select(entry => Path.GetFileName(entry)));
    }

    [Fact]
    public void Of_many_writers_of_a_new_result_all_but_one_are_told_that_it_is_there()
    {
        List<string> codes = [];
        Parallel.For(0, 8, new() { MaxDegreeOfParallelism = 8 }, writer =>
        {
            string code = "";
            try
            {
                Write(_folder["new/deep/result"], "new");
            }
            catch (InputException e)
            {
                code = e.Problem.Code;
            }
            lock (codes) codes.Add(code);
        });
        Assert.Equal(["", .. Enumerable.Repeat("output-exists", 7)], codes.Order(StringComparer.Ordinal));
        Assert.Equal("new", Content("new/deep/result"));
    }

    static void Write(string target, string content, string name = "other.txt", bool overwrite = false)
    {
        using OutputFolder output = OutputFolder.Create(target, overwrite);
        File.WriteAllText(output.PathOf(name), content);
        Fill(output, content);
        output.Commit();
    }

    /// <summary>Writes a file with the content, and the record that lists all files.</summary>
    static void Fill(OutputFolder output, string content)
    {
        File.WriteAllText(output.PathOf("other.txt"), content);
        Dictionary<string, object> record = new() { ["$schema"] = ExplanationRecord.SchemaId, ["files"] = output.Files };
        File.WriteAllText(output.PathOf("run.json"), JsonSerializer.Serialize(record));
    }

    string Content(string result) => File.ReadAllText(_folder[result + "/other.txt"]);

    string Partial(string target, int? pid, string? machine = null)
    {
        string path = _folder[string.Create(CultureInfo.InvariantCulture, $".{target}.cfgen-partial-{pid ?? 0}-{machine?.Length ?? 0}")];
        Directory.CreateDirectory(path);
        if (pid is { } id)
            File.WriteAllLines(
                Path.Combine(path, ".cfgen-partial"), [id.ToString(CultureInfo.InvariantCulture), machine ?? Environment.MachineName]);
        return path;
    }

    static string CodeOf(Action action) => ProblemOf(action).Code;

    static Problem ProblemOf(Action action) => Assert.Throws<InputException>(action).Problem;
}
