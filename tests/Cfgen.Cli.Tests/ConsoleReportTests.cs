using System.Text.Json.Nodes;
using Cfgen.Cli.Output.Console;
using Cfgen.Cli.Output.Json;
using Cfgen.Cli.Results;
using Cfgen.Cli.Surroundings;
using Cfgen.Counterfactuals;

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
        Report().GradientOperators([
            new("Conv", 4, HasRule: true), new("Loop", 1, HasRule: false) { IsReplaced = true }, new("com.example.Fancy", 1, HasRule: false)
        ]);
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
    public void A_path_is_never_broken_however_narrow_the_terminal()
    {
        string folder = "/results/" + string.Join('/', Enumerable.Repeat("a folder with a name", 20));
        Report(terminal: true).Explained(Samples.Summary with { Folder = folder });
        Assert.Contains(folder + "\n", Output, StringComparison.Ordinal);
        Assert.DoesNotContain("│", Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dumb_terminal_gets_what_a_file_gets()
    {
        Report().Explained(Samples.Summary);
        string plain = Output;
        _output.GetStringBuilder().Clear();
        ConsoleReport dumb = new(CliRun.Io(_output, _error, terminal: true, name => name == "TERM" ? "dumb" : null), new());
        dumb.Explained(Samples.Summary);
        using (SearchProgress progress = dumb.Search(10, "p(nine)")) progress.Report(0, 0.5);
        Assert.Equal((plain, "step 0: p(nine) = 0.5000\n"), (Output, Error));
    }

    [Fact]
    public void Results_under_the_working_directory_are_told_from_there_and_in_json_in_full()
    {
        string folder = Path.Combine(Path.GetTempPath(), "results", "seven-to-nine");
        Report().Explained(Samples.Summary with { Folder = folder });
        Assert.EndsWith($" {Path.Combine("results", "seven-to-nine")}\n", Output, StringComparison.Ordinal);
        _output.GetStringBuilder().Clear();
        Report(new(Json: true)).Explained(Samples.Summary with { Folder = folder });
        Assert.Equal(folder, (string)JsonNode.Parse(Output)!["folder"]!);
    }

    [Fact]
    public void Steps_taken_and_the_best_of_them_are_told_apart()
    {
        Report().Explained(
            Samples.Summary with { Outcome = SearchOutcome.StepsExhausted, Steps = 100, BestStep = 35, FirstReached = null });
        Assert.Matches(@"\nsteps: +100, the best of them is step 35\n", Output);
    }

    [Fact]
    public void A_distance_is_called_standard_deviations_only_where_these_are_known()
    {
        Report().Explained(Samples.Summary with { DistanceUnit = DistanceUnits.OfTheCodes, Mahalanobis = null, Importances = [] });
        Assert.DoesNotMatch(@"3\.25 standard deviations", Output);
        Assert.Matches(@"\nlargest changes: none\n", Output);
    }

    [Fact]
    public void Away_from_a_class_it_is_told_as_the_one_that_was_left_with_the_new_one()
    {
        ClassRecord seven = Samples.Summary.Original.Class;
        Report().Explained(Samples.Summary with { Target = seven, From = seven });
        Assert.Matches(@"\nfrom: +seven\n", Output);
        Assert.Matches(@"\ncounterfactual: +nine with probability 0\.9550\n", Output);
        Assert.DoesNotContain("target", Output, StringComparison.Ordinal);
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
        Assert.Equal(ExplanationRecord.SchemaId, (string)parsed["$schema"]!);
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
        using (SearchProgress progress = report.Search(1000, "p(nine)"))
            for (int step = 0; step <= 1000; step++) progress.Report(step, step / 1000.0);
        Assert.Equal("", Output);
        Assert.Equal(
            [
                "searching",
                .. new[] { 0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000 }
                    .Select(step => FormattableString.Invariant($"step {step}: p(nine) = {step / 1000.0:0.0000}")),
            ],
            Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void A_program_that_reads_json_is_not_told_of_progress()
    {
        ConsoleReport report = Report(new(Json: true));
        report.Stage("searching");
        using (SearchProgress progress = report.Search(10, "p(nine)")) progress.Report(1, 0.5);
        Assert.Equal("", Error);
    }

    [Fact]
    public void On_a_terminal_a_search_runs_under_a_bar()
    {
        using (SearchProgress progress = Report(terminal: true).Search(10, "p(nine)")) progress.Report(5, 0.5);
        Assert.Equal("", Output);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_standard_output_is_lost_a_result_on_the_disk_is_in_place_all_the_same(bool json)
    {
        using GuardedWriter lost = new(new ClosedWriter(), e => throw new OutputLostException("it is closed", e));
        new ConsoleReport(CliRun.Io(lost, _error), new(Json: json)).Explained(Samples.Summary, ExitCode.NotReached);
        Assert.Contains("the result is in place, but standard output cannot be written", Error, StringComparison.Ordinal);
        Assert.Contains(Samples.Summary.Folder!, Error, StringComparison.Ordinal);
        if (json) Assert.Equal(1, (int)JsonNode.Parse(Error)!["exit"]!);
        else Assert.StartsWith("warning: ", Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_standard_output_is_lost_and_the_result_with_it_that_is_an_error()
    {
        using GuardedWriter lost = new(new ClosedWriter(), e => throw new OutputLostException("it is closed", e));
        ConsoleReport report = new(CliRun.Io(lost, _error), new());
        OutputLostException e = Assert.Throws<OutputLostException>(() => report.Inspected(Samples.Inspect));
        Assert.Equal((OutputLostException.Code, "it is closed"), (e.Problem.Code, e.Problem.Found));
    }

    [Fact]
    public void What_cannot_be_said_on_standard_error_is_dropped()
    {
        using GuardedWriter lost = new(new ClosedWriter(), _ => { });
        ConsoleReport report = new(CliRun.Io(_output, lost), new());
        report.Stage("searching");
        report.Explained(Samples.Summary);
        Golden.Matches("explained.txt", Output);
    }

    [Fact]
    public void No_colour_where_none_is_wanted()
    {
        new ConsoleReport(CliRun.Io(_output, _error, terminal: true, name => name == "NO_COLOR" ? "1" : null), new())
            .Explained(Samples.Summary);
        Assert.DoesNotContain("\e[3", Output, StringComparison.Ordinal);
    }

    ConsoleReport Report(CommonOptions? common = null, bool terminal = false) => new(CliRun.Io(_output, _error, terminal), common ?? new());
}
