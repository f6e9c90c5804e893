using Cfgen.Inference.Gradients;

namespace Cfgen.Cli.Output;

/// <summary>Tells a person, or with <c>--json</c> a program, what a command does and what came out: results on stdout, progress on stderr.</summary>
sealed class ConsoleReport(CliIo io, CommonOptions common)
{
    bool TellsProgress => common is { Quiet: false, Json: false };

    /// <summary>Names what is done next, such as "loading the models".</summary>
    public void Stage(string name)
    {
        if (TellsProgress && !io.DrawsOnError) io.Error.WriteLine(ShownText.Of(name));
    }

    /// <summary>
    /// Runs a search while telling how far it is; the search calls back with each step and what it is after, such as p(nine) or a loss.
    /// </summary>
    public T Search<T>(int maxSteps, string quantity, Func<Action<int, double>, T> search) => (TellsProgress, io.DrawsOnError) switch
    {
        (false, _) => search(static (_, _) => { }),
        (true, true) => ProgressBar.Run(Terminal.On(io.Error, io.Color), maxSteps, quantity, search),
        (true, false) => search(new ProgressLines(io.Error, quantity).Report),
    };

    /// <summary>Names what is done next, and on a terminal tells how far it is; the work calls back with how many are done.</summary>
    public void Count(string name, int total, Action<Action<int>> work)
    {
        Stage(name);
        if (TellsProgress && io.DrawsOnError) ProgressBar.Count(Terminal.On(io.Error, io.Color), name, total, work);
        else work(static _ => { });
    }

    /// <summary>The result of <c>explain</c>.</summary>
    public void Explained(SummaryRecord summary)
    {
        if (common.Json) io.Output.Write(JsonText.Indented(summary, CfgenJson.Indented.SummaryRecord));
        else if (!common.Quiet) Table(ExplainTable.Rows(summary with { Folder = io.ShortPath(summary.Folder) }));
    }

    /// <summary>The result of <c>project</c>.</summary>
    public void Projected(ProjectSummaryRecord summary)
    {
        if (common.Json) io.Output.Write(JsonText.Indented(summary, CfgenJson.Indented.ProjectSummaryRecord));
        else if (!common.Quiet) Table(ProjectTable.Rows(summary with { Folder = io.ShortPath(summary.Folder) }));
    }

    /// <summary>The result of <c>inspect</c>.</summary>
    public void Inspected(InspectRecord record)
    {
        if (common.Json) io.Output.Write(JsonText.Indented(record, CfgenJson.Indented.InspectRecord));
        else if (!common.Quiet) Table(InspectTable.Rows(record));
    }

    /// <summary>The result of <c>import</c>.</summary>
    public void Imported(ImportRecord record)
    {
        if (common.Json) io.Output.Write(JsonText.Indented(record, CfgenJson.Indented.ImportRecord));
        else if (!common.Quiet) Table(ImportTable.Rows(record with { Folder = ShortPath(record.Folder) }));
    }

    /// <summary>The result of <c>generate</c>.</summary>
    public void Generated(GenerateRecord record)
    {
        if (common.Json) io.Output.Write(JsonText.Indented(record, CfgenJson.Indented.GenerateRecord));
        else if (!common.Quiet) Table(GenerateTable.Rows(record with { Folder = ShortPath(record.Folder) }));
    }

    /// <summary>The result of <c>bundle create</c>.</summary>
    public void BundleCreated(BundleCreateRecord record)
    {
        if (common.Json) io.Output.Write(JsonText.Indented(record, CfgenJson.Indented.BundleCreateRecord));
        else if (!common.Quiet) Table(BundleTable.Rows(record with { Folder = io.ShortPath(record.Folder) }));
    }

    /// <summary>The result of <c>gradient build</c>.</summary>
    public void GradientBuilt(GradientBuildRecord record)
    {
        if (common.Json) io.Output.Write(JsonText.Indented(record, CfgenJson.Indented.GradientBuildRecord));
        else if (!common.Quiet) Table(GradientTable.Rows(record with { File = io.ShortPath(record.File) }));
    }

    /// <summary>What <c>gradient check</c> knows before it runs anything. A program gets it with the result.</summary>
    public void GradientOperators(IReadOnlyList<OperatorSupport> operators)
    {
        if (common is { Quiet: false, Json: false }) Table(GradientTable.Rows(operators));
    }

    /// <summary>The result of <c>gradient check</c>.</summary>
    public void GradientChecked(GradientCheckRecord record)
    {
        if (common.Json) io.Output.Write(JsonText.Indented(record, CfgenJson.Indented.GradientCheckRecord));
        else if (!common.Quiet) Table(GradientTable.Rows(record));
    }

    /// <summary>The result of <c>gradient time</c>.</summary>
    public void GradientTimed(GradientTimeRecord record)
    {
        if (common.Json) io.Output.Write(JsonText.Indented(record, CfgenJson.Indented.GradientTimeRecord));
        else if (!common.Quiet) Table(GradientTable.Rows(record));
    }

    string? ShortPath(string? path) => path is null ? null : io.ShortPath(path);

    void Table(IEnumerable<(string Key, string Value)> rows)
    {
        if (io.DrawsOnOutput) KeyValueTable.Draw(Terminal.On(io.Output, io.Color), io.Output, [.. rows]);
        else KeyValueTable.Write(io.Output, [.. rows]);
    }
}
