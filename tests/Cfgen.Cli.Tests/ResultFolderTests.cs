using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cfgen.Cli.Bundles;
using Cfgen.Cli.Results;
using Cfgen.Inference.Bundles;
using Cfgen.OnnxFormat;

namespace Cfgen.Cli.Tests;

/// <summary>Results are read back as they were written, and repeated from their record alone.</summary>
public sealed class ResultFolderTests : IDisposable
{
    static readonly string s_models = Path.Combine(Repository.Root, "models", "digits");

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    async Task<string> Explain(string name, params string[] options)
    {
        StringWriter error = new();
        string folder = _folder[name];
        int exit = await CliApp.RunAsync(
            ["explain", .. options, "--out", folder, "--quiet"],
            CliRun.Io(error: error, variable: v => v == "CFGEN_CACHE" ? _folder["cache"] : null), TestContext.Current.CancellationToken);
        Assert.InRange(exit, 0, 1);
        Assert.Equal("", error.ToString());
        return folder;
    }

    Task<string> Sample(params string[] options) =>
        Explain("one", [Path.Combine(Repository.Root, "samples", "four-1.png"), "--bundle", s_models, .. options]);

    [Fact]
    public async Task A_run_is_repeated_from_its_record_alone()
    {
        string given = _folder.File("given.json", """[{ "name": "aslant", "shiftX": 0.03, "rotation": -7 }]"""u8.ToArray());
        string one = await Sample(
            "--max-steps", "3", "--target-class", "9", "--space", "w+", "--refine-inversion", "4", "--prior-weight", "0.2",
            "--step-rule", "adam", "--approach-steps", "9", "--views", given);
        ExplanationRecord record = ResultFolder.Read(one).Record;
        string File(string role) => record.Inputs.Single(input => input.Role == role).Name;
        string views = _folder.File("views.json", JsonSerializer.SerializeToUtf8Bytes(record.Options.Views, JsonSerializerOptions.Web));
        string[] options =
        [
            Path.Combine(Repository.Root, "samples", File("image")),
            "--target-class", Text(record.Target.Index),
            "--direction", record.Options.Direction,
            "--objective", record.Options.Objective,
            "--space", record.Options.Space,
            "--threshold", Text(record.Options.Threshold),
            "--max-steps", Text(record.Options.MaxSteps),
            "--learning-rate", Text(record.Options.LearningRate),
            "--prior-weight", Text(record.Options.PriorWeight),
            "--prior", record.Options.Prior,
            "--step-rule", record.Options.StepRule,
            "--approach-steps", Text(record.Options.ApproachSteps),
            "--views", views,
            "--refine-inversion", Text(record.Options.RefineInversion!.Value),
            "--threads", Text(record.Options.Threads),
        ];
        string two = await Explain("two", [.. options, "--bundle", FolderOf(record)]);
        foreach (string file in record.Files.Except(["run.json"]))
            Assert.Equal(System.IO.File.ReadAllBytes(Path.Combine(one, file)), System.IO.File.ReadAllBytes(Path.Combine(two, file)));
        Assert.Equal(Untimed(one), Untimed(two));
    }

    [Fact]
    public async Task What_is_read_is_what_was_written()
    {
        ResultFolder result = ResultFolder.Read(await Sample("--max-steps", "2"));
        Assert.Equal(result.Record.Steps + 1, result.Trajectory.Count);
        Assert.Equal(result.Record.ProbabilityAfter, result.Trajectory[result.Record.BestStep].Probability);
        Assert.Equal(result.Record.Importances.OrderBy(i => i.Descriptor), result.Importances.OrderBy(i => i.Descriptor));
        Assert.Equal((8, 8 * 64, 8 * 64), (result.NumWs, result.StartWs.Length, result.CounterfactualWs.Length));
        Assert.NotEqual(result.StartWs, result.CounterfactualWs);
        Assert.Contains("codes.npy", result.Record.Files);
    }

    [Fact]
    public async Task What_is_missing_or_damaged_is_told()
    {
        string folder = await Sample("--max-steps", "1");
        Assert.Equal("result-missing", Refused(_folder["nowhere"]));
        string table = Path.Combine(folder, "trajectory.csv"), record = Path.Combine(folder, "run.json");
        string rows = File.ReadAllText(table), run = File.ReadAllText(record);
        File.WriteAllText(table, "step,score\n0,many\n");
        Assert.Equal("result-damaged", Refused(folder));
        File.WriteAllText(table, rows.Replace("\n1,", "\n1,x", StringComparison.Ordinal));
        Assert.Equal("result-damaged", Refused(folder));
        File.WriteAllText(table, rows.Remove(rows.TrimEnd('\n').LastIndexOf('\n') + 1));
        Assert.Equal("result-damaged", Refused(folder));
        File.WriteAllText(table, rows);
        File.WriteAllText(record, run.Replace("schema:run:1", "schema:run:9", StringComparison.Ordinal));
        Assert.Equal("result-damaged", Refused(folder));
        File.WriteAllText(record, "{}");
        Assert.Equal("result-damaged", Refused(folder));
        File.WriteAllText(record, run);
        File.WriteAllText(Path.Combine(folder, "codes.npy"), "no array");
        Assert.Equal("npy-unreadable", Refused(folder));
        File.Delete(Path.Combine(folder, "codes.npy"));
        Assert.Equal("result-incomplete", Refused(folder));
    }

    [Fact]
    public void Data_beside_a_model_is_an_input_of_its_own()
    {
        string model = _folder["generator.onnx"];
        OnnxFile.Save(OnnxFile.Load(Path.Combine(s_models, "generator.onnx")), model, externalDataThreshold: 0);
        BundleFile[] files = [.. BundleInputs.WithData(BundleFile.Open("generator", model, expectedSha256: null))];
        Assert.Equal(["generator", "generator data"], files.Select(file => file.Role));
        Assert.Equal(BundleFile.Open("generator data", model + ".data", null).Sha256, files[1].Sha256);
    }

    /// <summary>The bundle whose manifest has the hash that the record tells.</summary>
    static string FolderOf(ExplanationRecord record)
    {
        InputRecord manifest = record.Inputs.Single(input => input.Role == "manifest");
        Assert.Equal(manifest.Sha256, BundleFile.Open("manifest", Path.Combine(s_models, manifest.Name), null).Sha256);
        return s_models;
    }

    static string Refused(string folder) => Assert.Throws<InputException>(() => ResultFolder.Read(folder)).Problem.Code;

    static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    static string Untimed(string folder)
    {
        JsonObject run = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "run.json")))!.AsObject();
        Assert.True(run.Remove("timings"));
        return run.ToJsonString();
    }
}
