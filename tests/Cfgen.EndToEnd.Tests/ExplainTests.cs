using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Cfgen.EndToEnd.Tests;

/// <summary>What one run says and writes.</summary>
public sealed partial class ExplainTests(FourToNine run)
{
    [Fact]
    public void The_target_is_reached()
    {
        Assert.Equal((0, 0), (run.Told.Exit, run.Json.Exit));
        Assert.Equal("reached", (string?)run.Result.Run["outcome"]);
        Assert.InRange(run.Result.Column("probability")[^1], 0.95, 1);
        Assert.InRange(run.Result.Column("probability")[0], 0, 0.01);
    }

    [Fact]
    public void A_person_gets_a_table_on_stdout()
    {
        string[] keys = [.. run.Told.Out.Split('\n').Where(line => line.Length > 0 && line[0] != ' ').Select(line => line.Split(':')[0])];
        string[] expected =
        [
            "outcome", "image", "target", "reconstruction", "counterfactual", "probability", "views", "steps", "distance",
            "largest changes", "files",
        ];
        Assert.Equal(expected, keys);
        Assert.Matches(@"^outcome: +reached\nimage: +four with probability 1\.0000\ntarget: +nine\n", run.Told.Out);
        Assert.EndsWith(" four-1-to-nine\n", run.Told.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Stderr_holds_plain_lines_of_progress_and_nothing_else()
    {
        string[] lines = run.Told.Error.TrimEnd('\n').Split('\n');
        Assert.Equal("loading the image and the networks", lines[0]);
        // Once for a generator and a classifier: whether this run is the first one depends on the others.
        string[] steps = [.. lines[1..].Where(line => line != "classifying 750 drawn codes, once for this classifier")];
        Assert.InRange(steps.Length, lines.Length - 2, lines.Length - 1);
        Assert.NotEmpty(steps);
        Assert.All(steps, line => Assert.Matches(@"^step \d+: p\(nine\) = [01]\.\d{4}$", line));
    }

    [Fact]
    public void A_program_gets_one_object_on_stdout_and_silence_on_stderr()
    {
        Assert.Equal("", run.Json.Error);
        JsonObject summary = run.Json.Json;
        Assert.Equal(Path.Combine(run.Here, "again"), (string?)summary["folder"]);
        Assert.Equal(run.Again.Files, summary["files"]!.AsArray().Select(file => (string)file!));
        JsonObject record = run.Again.Run;
        string[] told =
        [
            "outcome", "target", "original", "reconstructed", "counterfactual", "steps", "bestStep", "probabilityAfter", "savedProbability",
            "distance", "distanceUnit", "reconstruction",
        ];
        foreach (string same in told)
            Assert.Equal(record[same]!.ToJsonString(), summary[same]!.ToJsonString());
    }

    [Fact]
    public void The_class_of_each_picture_is_recorded()
    {
        string[] pictures = ["original", "reconstructed", "counterfactual"];
        string[] classes = [.. pictures.Select(picture => (string)run.Result.Run[picture]!["class"]!["name"]!)];
        Assert.Equal(["four", "four", "nine"], classes);
        Assert.Equal((double)run.Result.Run["savedProbability"]!, (double)run.Result.Run["counterfactual"]!["targetProbability"]!);
        Assert.Null(run.Result.Run["from"]);
    }

    [Fact]
    public void Nothing_is_written_but_the_results() => Assert.Equal(["again", "four-1-to-nine", "four-1.png"], run.Names);

    [Fact]
    public void The_folder_holds_the_promised_files_with_a_frame_and_a_row_for_every_step()
    {
        int steps = (int)run.Result.Run["steps"]!;
        run.Result.IsWhole(steps);
        Assert.Equal(Enumerable.Range(0, steps + 1).Select(step => (double)step), run.Result.Column("step"));
    }

    [Fact]
    public void The_first_frame_is_the_reconstruction_and_that_of_the_best_step_the_counterfactual()
    {
        Assert.Equal(File.ReadAllBytes(run.Result["frames/0000.png"]), File.ReadAllBytes(run.Result["reconstruction.png"]));
        Assert.Equal(
            File.ReadAllBytes(run.Result[$"frames/{(int)run.Result.Run["bestStep"]!:0000}.png"]),
            File.ReadAllBytes(run.Result["counterfactual.png"]));
    }

    [Fact]
    public async Task Records_keep_to_their_schemas()
    {
        Assert.Empty(
            await Schema.ErrorsOf("run", await File.ReadAllTextAsync(run.Result["run.json"], TestContext.Current.CancellationToken)));
        Assert.Empty(await Schema.ErrorsOf("run", run.Json.Out));
    }

    [Fact]
    public void Every_file_that_went_in_is_recorded_with_its_hash()
    {
        JsonArray inputs = run.Result.Run["inputs"]!.AsArray();
        Assert.Equal(
            ["image", "manifest", "generator", "mapping", "encoder", "classifier", "latent mean", "latent covariance"],
            inputs.Select(input => (string)input!["role"]!));
        Assert.All(inputs, input =>
        {
            string folder = (string)input!["role"]! == "image" ? run.Here : Built.Digits;
            Assert.Equal(
                Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, (string)input["name"]!)))),
                (string?)input["sha256"]);
        });
    }

    [Fact]
    public void No_file_says_where_on_the_machine_it_was_made()
    {
        string[] places = [
            run.Here, AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar),
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)
        ];
        foreach (string file in run.Result.Files)
        {
            string content = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(run.Result[file]));
            Assert.All(places.Where(place => place.Length > 1), place => Assert.DoesNotContain(place, content, StringComparison.Ordinal));
            if (Path.GetExtension(file) is ".json" or ".csv") Assert.DoesNotMatch(AbsolutePath(), content);
        }
    }

    // A slash or a drive letter where a value begins.
    [GeneratedRegex("""(?m)(^|[",])(/|[A-Za-z]:\\)""")]
    private static partial Regex AbsolutePath();
}
