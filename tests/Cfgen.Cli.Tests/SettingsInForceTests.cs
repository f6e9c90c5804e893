using Cfgen.Cli.Commands.Explain;
using Cfgen.Inference.Bundles;

namespace Cfgen.Cli.Tests;

/// <summary>What a search runs with, and where each value comes from.</summary>
public sealed class SettingsInForceTests
{
    static readonly ModelManifest s_manifest = new()
    {
        Name = "tiny",
        Image = new() { Width = 3, Height = 2, Channels = 1 },
        Generator = new() { Synthesis = new() { File = "generator.onnx" } },
        Search = new() { Threshold = 0.95, MaxSteps = 50 },
    };

    [Fact]
    public void What_is_typed_wins_then_the_bundle_then_what_is_built_in()
    {
        ExplainArguments typed = new("seven.png") { Search = new() { MaxSteps = 7 } };
        string[] told = [.. ExplainSettings.Of(typed, s_manifest, CliRun.Io()).InForce(typed, s_manifest.Search).Select(s => s.ToText())];
        Assert.Contains("max-steps 7 (command line)", told);
        Assert.Contains("threshold 0.95 (bundle)", told);
        Assert.Contains("learning-rate 0.05 (built in)", told);
        Assert.Contains("objective log-probability (built in)", told);
        Assert.Contains("step-rule scalar-adam (built in)", told);
        Assert.Contains("prior class (built in)", told);
        Assert.Contains("views identity, shifted right, shifted left, shifted down, shifted up, turned +12 deg, turned -12 deg, "
            + "enlarged, shrunk (built in)", told);
    }

    [Fact]
    public void Views_are_those_that_are_typed_then_those_of_the_bundle()
    {
        using TemporaryFolder folder = new();
        string file = folder.File("views.json", """[{ "name": "lower", "shiftY": 0.1 }, { "name": "the same" }]"""u8.ToArray());
        SearchSpec search = new() { Views = [new() { Name = "turned", Rotation = 5 }] };
        string[] Views(string? typed, SearchSpec? spec) =>
        [
            .. ExplainSettings.Of(new("seven.png") { Search = new() { Views = typed } }, s_manifest with { Search = spec }, CliRun.Io())
                .Explainer.Pipeline.Objective.Views.All.Select(view => view.Name),
        ];
        Assert.Equal(["identity", "lower"], Views(file, search));
        Assert.Equal(["identity", "turned"], Views(null, search));
        Assert.Equal(["identity"], Views("none", search));
        Assert.Equal(["identity"], Views(null, new() { Views = [] }));
        Assert.Equal(9, Views("default", search).Length);
        Assert.Equal(9, Views(null, null).Length);
    }

    [Fact]
    public async Task Help_shows_what_is_built_in()
    {
        string help = string.Join(' ',
            (await CliRun.Of(["explain", "--help"])).Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Default: the bundle's, else 0.75.", help, StringComparison.Ordinal);
        Assert.Contains("Default: the bundle's, else 60.", help, StringComparison.Ordinal);
        Assert.Contains("Default: the bundle's, else log-probability.", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspecting_a_bundle_shows_what_its_searches_run_with()
    {
        StringWriter output = new();
        await CliApp.RunAsync(["inspect", Path.Combine(Repository.Root, "models", "digits")], CliRun.Io(output),
            TestContext.Current.CancellationToken);
        Assert.Contains("threshold 0.95 (bundle)", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("direction increase (built in)", output.ToString(), StringComparison.Ordinal);
    }
}
