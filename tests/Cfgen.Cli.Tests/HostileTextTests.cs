using System.Text.Json.Nodes;
using Cfgen.Cli.Commands.Inspect;
using Cfgen.Cli.Output.Console;
using Cfgen.Cli.Output.Json;
using Serilog.Core;

namespace Cfgen.Cli.Tests;

/// <summary>Names out of files in every place where people read them.</summary>
public sealed class HostileTextTests
{
    const string Hostile = "x\x1b]0;owned\a\nerror: forged\u202egnp\0[red]y";

    static readonly string s_long = new('n', 200_000);

    [Fact]
    public async Task An_error_has_the_lines_that_cfgen_gave_it_and_no_others()
    {
        (int exit, _, string error) = await CliRun.Of(["explain", "seven.png"], (_, _) => throw new InputException(
            Damaged($"the node '{Hostile}' is damaged") with { Where = Hostile, Found = s_long, Expected = Hostile, Fix = Hostile }));
        Assert.Equal(2, exit);
        Assert.Equal(5, error.Count(c => c == '\n'));
        AssertPlain(error);
        Assert.InRange(error.Length, 1, 2000);
        Assert.Contains(@"x\x1b]0;owned\x07\nerror: forged\u202egnp\x00[red]y", error, StringComparison.Ordinal);
        Assert.Contains("(199,000 characters left out)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_in_json_is_escaped_as_json_is()
    {
        Problem problem = Damaged("no model") with { Where = Hostile, Found = s_long };
        (_, _, string error) = await CliRun.Of(["explain", "seven.png", "--json"], (_, _) => throw new InputException(problem));
        AssertPlain(error);
        JsonNode parsed = JsonNode.Parse(error)!;
        Assert.Equal(Hostile, (string)parsed["where"]!);
        Assert.InRange(((string)parsed["found"]!).Length, 1, 1100);
    }

    [Fact]
    public async Task What_was_typed_is_shown_escaped()
    {
        (int exit, _, string error) = await CliRun.Of(["explain", "seven.png", "--threshold", Hostile]);
        Assert.Equal(2, exit);
        AssertPlain(error);
    }

    [Fact]
    public async Task A_defect_keeps_the_lines_of_its_trace()
    {
        (int exit, _, string error) = await CliRun.Of(["explain", "seven.png"], (_, _) => throw new InvalidOperationException(Hostile));
        Assert.Equal(70, exit);
        AssertPlain(error);
        Assert.Contains($"\n   at {typeof(HostileTextTests).FullName}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tables_hold_names_in_one_line(bool terminal)
    {
        using StringWriter output = new(), error = new();
        InspectRecord record = Samples.Inspect with { Bundle = Hostile, Classes = [Hostile, s_long], Problems = [Damaged(Hostile)] };
        new ConsoleReport(CliRun.Io(output, error, terminal, name => name == "NO_COLOR" ? "1" : null), new()).Inspected(record);
        string text = output.ToString().ReplaceLineEndings("\n");
        AssertPlain(text.Replace("\e[1m", "", StringComparison.Ordinal).Replace("\e[0m", "", StringComparison.Ordinal));
        Assert.Contains("[red]", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 1, 20_000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Progress_is_plain(bool terminal)
    {
        using StringWriter output = new(), error = new();
        ConsoleReport report = new(CliRun.Io(output, error, terminal, name => name == "NO_COLOR" ? "1" : null), new());
        report.Stage(Hostile);
        using (SearchProgress progress = report.Search(1, $"p({Hostile})")) progress.Report(0, 0.5);
        report.Count(Hostile, 1, done => done(1));
        Assert.DoesNotContain("]0;owned\a", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\u202e", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\nerror:", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_of_the_log_is_one_line()
    {
        using StringWriter error = new();
        using Logger log = Logging.Create(CliRun.Io(error: error), new());
        log.Warning("{Name} is odd", Hostile);
        log.Warning("{Name}", s_long);
        string text = error.ToString().ReplaceLineEndings("\n");
        Assert.Equal(2, text.Count(c => c == '\n'));
        AssertPlain(text);
        Assert.InRange(text.Length, 1, 2500);
    }

    [Fact]
    public void A_record_in_json_has_no_hidden_marks_and_reads_back_as_it_was()
    {
        string json = JsonText.Indented(Samples.Inspect with { Bundle = Hostile + "\U000E0041\u009b" }, CfgenJson.Indented.InspectRecord);
        AssertPlain(json);
        Assert.Equal(Hostile + "\U000E0041\u009b", (string)JsonNode.Parse(json)!["bundle"]!);
    }

    static Problem Damaged(string what) => new("model-damaged", what);

    static void AssertPlain(string text) =>
        Assert.DoesNotContain(text.EnumerateRunes(), rune => rune.Value != '\n' && ShownText.IsHidden(rune));
}
