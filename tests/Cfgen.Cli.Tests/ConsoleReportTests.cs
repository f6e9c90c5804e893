using System.Text.Json.Nodes;
using Cfgen.Cli.Output;

namespace Cfgen.Cli.Tests;

public sealed class ConsoleReportTests : IDisposable
{
    readonly StringWriter _output = new();
    readonly StringWriter _error = new();

    string Output => _output.ToString().ReplaceLineEndings("\n");

    string Error => _error.ToString().ReplaceLineEndings("\n");

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public void Without_a_terminal_an_explanation_is_lines_of_key_and_value()
    {
        Report().Explained(Samples.Summary);
        Golden.Matches("explained.txt", Output);
    }

    [Fact]
    public void Without_a_terminal_an_inspection_is_lines_of_key_and_value()
    {
        Report().Inspected(Samples.Inspect);
        Golden.Matches("inspected.txt", Output);
    }

    [Fact]
    public void Without_a_terminal_a_bundle_is_lines_of_key_and_value()
    {
        Report().BundleCreated(Samples.BundleCreate);
        Golden.Matches("bundle-created.txt", Output);
    }

    [Fact]
    public void Without_a_terminal_an_import_is_lines_of_key_and_value()
    {
        Report().Imported(Samples.Import);
        Golden.Matches("imported.txt", Output);
    }

    [Fact]
    public void Without_a_terminal_generated_pictures_are_lines_of_key_and_value()
    {
        Report().Generated(Samples.Generate);
        Golden.Matches("generated.txt", Output);
    }

    [Fact]
    public void Without_a_terminal_a_gradient_file_is_lines_of_key_and_value()
    {
        Report().GradientBuilt(Samples.GradientBuild);
        Golden.Matches("gradient-built.txt", Output);
    }

    [Fact]
    public void Without_a_terminal_a_check_is_operators_and_then_what_came_out()
    {
        Report().GradientOperators([new("Conv", 4, HasRule: true), new("Loop", 1, HasRule: false) { IsReplaced = true }, new("com.example.Fancy", 1, HasRule: false)]);
        Report().GradientChecked(Samples.GradientCheck);
        Golden.Matches("gradient-checked.txt", Output);
    }

    [Fact]
    public void Without_a_terminal_a_timing_is_times_and_then_what_is_multiplied()
    {
        Report().GradientTimed(Samples.GradientTime);
        Golden.Matches("gradient-timed.txt", Output);
    }

    [Fact]
    public void On_a_terminal_an_explanation_is_a_table()
    {
        Report(terminal: true).Explained(Samples.Summary);
        Assert.Contains("│", Output, StringComparison.Ordinal);
        Assert.Contains("reached", Output, StringComparison.Ordinal);
        Assert.Contains("/results/seven-to-nine", Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Square_brackets_in_names_are_no_markup()
    {
        Report(terminal: true).Explained(Samples.Summary with { Folder = "/results/[red]x[/]" });
        Assert.Contains("/results/[red]x[/]", Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_the_record_and_nothing_else()
    {
        Report(new(Json: true)).Explained(Samples.Summary);
        JsonNode parsed = JsonNode.Parse(Output)!;
        Assert.Equal(SummaryRecord.SchemaId, (string)parsed["$schema"]!);
        Assert.Equal("reached", (string)parsed["outcome"]!);
        Assert.EndsWith("}\n", Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_silences_tables_and_progress_but_not_json()
    {
        ConsoleReport quiet = Report(new(Quiet: true));
        quiet.Stage("loading");
        quiet.Explained(Samples.Summary);
        quiet.Inspected(Samples.Inspect);
        Assert.Equal(("", ""), (Output, Error));

        Report(new(Quiet: true, Json: true)).Inspected(Samples.Inspect);
        Assert.NotNull(JsonNode.Parse(Output));
    }

    [Fact]
    public void Progress_goes_to_stderr_ever_more_rarely()
    {
        ConsoleReport report = Report();
        report.Stage("searching");
        int result = report.Search(1000, told =>
        {
            for (int step = 0; step <= 1000; step++) told(step, step / 1000.0);
            return 42;
        });
        Assert.Equal(42, result);
        Assert.Equal("", Output);
        Assert.Equal(
            ["searching", .. new[] { 0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000 }.Select(step => FormattableString.Invariant($"step {step}: p = {step / 1000.0:0.0000}"))],
            Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void A_program_that_reads_json_is_not_told_of_progress()
    {
        ConsoleReport report = Report(new(Json: true));
        report.Stage("searching");
        Assert.Equal(7, report.Search(10, told =>
        {
            told(1, 0.5);
            return 7;
        }));
        Assert.Equal("", Error);
    }

    [Fact]
    public void On_a_terminal_a_search_runs_under_a_bar_and_hands_its_result_on()
    {
        Assert.Equal(7, Report(terminal: true).Search(10, told =>
        {
            told(5, 0.5);
            return 7;
        }));
        Assert.Equal("", Output);
    }

    [Fact]
    public void No_colour_where_none_is_wanted()
    {
        new ConsoleReport(CliRun.Io(_output, _error, terminal: true, name => name == "NO_COLOR" ? "1" : null), new()).Explained(Samples.Summary);
        Assert.DoesNotContain("\e[3", Output, StringComparison.Ordinal);
    }

    ConsoleReport Report(CommonOptions? common = null, bool terminal = false) => new(CliRun.Io(_output, _error, terminal), common ?? new());
}
