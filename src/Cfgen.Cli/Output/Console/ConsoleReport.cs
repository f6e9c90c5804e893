using System.Text.Json.Serialization.Metadata;
using Cfgen.Cli.Commands.Bundles.Create;
using Cfgen.Cli.Commands.Explain;
using Cfgen.Cli.Commands.Generate;
using Cfgen.Cli.Commands.Gradient;
using Cfgen.Cli.Commands.Gradient.Build;
using Cfgen.Cli.Commands.Gradient.Check;
using Cfgen.Cli.Commands.Gradient.Time;
using Cfgen.Cli.Commands.Import;
using Cfgen.Cli.Commands.Inspect;
using Cfgen.Cli.Commands.Project;
using Cfgen.Cli.Output.Json;
using Cfgen.Cli.Results;
using Cfgen.Cli.Surroundings;
using Cfgen.Inference.Gradients;

namespace Cfgen.Cli.Output.Console;

/// <summary>
/// Tells a person, or with <c>--json</c> a program, what a command does and what came out: results on stdout, progress on stderr.
/// </summary>
sealed class ConsoleReport(CliIo io, CommonOptions common)
{
    bool TellsProgress => common is { Quiet: false, Json: false };

    /// <summary>Names what is done next, such as "loading the models".</summary>
    public void Stage(string name)
    {
        if (TellsProgress && !io.DrawsOnError) io.Error.WriteLine(ShownText.Of(name));
    }

    /// <summary>Tells how far a search is, which reports each step and what it is after, such as p(nine) or a loss.</summary>
    public SearchProgress Search(int maxSteps, string quantity)
    {
        if (!TellsProgress) return new(static (_, _) => { });
        if (!io.DrawsOnError) return new(new ProgressLines(io.Error, quantity).Report);
        ProgressBar bar = ProgressBar.Open(Terminal.On(io.Error, io.Color), maxSteps, quantity);
        return new(bar.Report, bar);
    }

    /// <summary>Names what is done next, and on a terminal tells how far it is; the work calls back with how many are done.</summary>
    public void Count(string name, int total, Action<Action<int>> work)
    {
        Stage(name);
        if (TellsProgress && io.DrawsOnError) ProgressBar.Count(Terminal.On(io.Error, io.Color), name, total, work);
        else work(static _ => { });
    }

    /// <summary>The result of <c>explain</c>.</summary>
    public void Explained(ExplanationRecord summary, ExitCode exit = ExitCode.Done) => Print(
        summary, CfgenJson.Indented.ExplanationRecord, shown => ExplainTable.Rows(shown with { Folder = ShortPath(shown.Folder) }),
        summary.Folder, exit);

    /// <summary>The result of <c>project</c>.</summary>
    public void Projected(ProjectRecord summary, ExitCode exit = ExitCode.Done) => Print(
        summary, CfgenJson.Indented.ProjectRecord, shown => ProjectTable.Rows(shown with { Folder = ShortPath(shown.Folder) }),
        summary.Folder, exit);

    /// <summary>The result of <c>inspect</c>.</summary>
    public void Inspected(InspectRecord record) =>
        Print(record, CfgenJson.Indented.InspectRecord, InspectTable.Rows);

    /// <summary>The result of <c>import</c>.</summary>
    public void Imported(ImportRecord record) => Print(
        record, CfgenJson.Indented.ImportRecord, shown => ImportTable.Rows(shown with { Folder = ShortPath(shown.Folder) }),
        record.Folder);

    /// <summary>The result of <c>generate</c>.</summary>
    public void Generated(GenerateRecord record) => Print(
        record, CfgenJson.Indented.GenerateRecord, shown => GenerateTable.Rows(shown with { Folder = ShortPath(shown.Folder) }),
        record.Folder);

    /// <summary>The result of <c>bundle create</c>.</summary>
    public void BundleCreated(BundleCreateRecord record) => Print(
        record, CfgenJson.Indented.BundleCreateRecord, shown => BundleTable.Rows(shown with { Folder = io.ShortPath(shown.Folder) }),
        record.Folder);

    /// <summary>The result of <c>gradient build</c>.</summary>
    public void GradientBuilt(GradientBuildRecord record) => Print(
        record, CfgenJson.Indented.GradientBuildRecord, shown => GradientTable.Rows(shown with { File = io.ShortPath(shown.File) }),
        record.File);

    /// <summary>What <c>gradient check</c> knows before it runs anything. A program gets it with the result.</summary>
    public void GradientOperators(IReadOnlyList<OperatorSupport> operators)
    {
        if (common is { Quiet: false, Json: false }) Table(GradientTable.Rows(operators));
    }

    /// <summary>The result of <c>gradient check</c>.</summary>
    public void GradientChecked(GradientCheckRecord record) =>
        Print(record, CfgenJson.Indented.GradientCheckRecord, GradientTable.Rows);

    /// <summary>The result of <c>gradient time</c>.</summary>
    public void GradientTimed(GradientTimeRecord record) =>
        Print(record, CfgenJson.Indented.GradientTimeRecord, GradientTable.Rows);

    /// <summary>Prints a result. Where standard output is lost, a result that is on the disk is in place all the same.</summary>
    /// <param name="record">The result.</param>
    /// <param name="type">How JSON has it.</param>
    /// <param name="rows">How a table has it.</param>
    /// <param name="place">Where on the disk the result is, absolute; null where it is printed and nothing else.</param>
    /// <param name="exit">What the command returns.</param>
    /// <exception cref="OutputLostException">Standard output is lost, and the result with it.</exception>
    void Print<T>(
        T record, JsonTypeInfo<T> type, Func<T, IEnumerable<(string, string)>> rows, string? place = null, ExitCode exit = ExitCode.Done)
    {
        try
        {
            if (common.Json) io.Output.Write(JsonText.Indented(record, type));
            else if (!common.Quiet) Table(rows(record));
        }
        catch (OutputLostException e) when (place is not null)
        {
            Problem problem = e.Problem with { What = $"the result is in place, but {e.Problem.What}", Where = place };
            new ErrorReport(io, common.Json).Warn(exit, problem);
        }
    }

    string? ShortPath(string? path) => path is null ? null : io.ShortPath(path);

    void Table(IEnumerable<(string Key, string Value)> rows)
    {
        if (io.DrawsOnOutput) KeyValueTable.Draw(Terminal.On(io.Output, io.Color), io.Output, [.. rows]);
        else KeyValueTable.Write(io.Output, [.. rows]);
    }
}
