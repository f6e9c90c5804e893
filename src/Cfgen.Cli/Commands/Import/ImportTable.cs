using System.Globalization;
using Cfgen.Cli.Output.Json;
using Cfgen.Cli.Results;

namespace Cfgen.Cli.Commands.Import;

/// <summary>A network that was imported, for a person. Warnings are told on stderr.</summary>
static class ImportTable
{
    /// <summary>The rows in order.</summary>
    public static IEnumerable<(string Key, string Value)> Rows(ImportRecord record)
    {
        yield return ("bundle", record.Name);
        yield return ("folder", record.Folder ?? "nothing was written");
        yield return ("network", $"{record.Network} of {record.Source.Name}, {record.Architecture}, {record.Precision}");
        yield return ("pictures", Text(
            $"{record.Resolution} x {record.Resolution} pixels, {record.Channels} channel{(record.Channels == 1 ? "" : "s")}"));
        string classes = record.CDim > 0 ? Text($"{record.CDim} classes, ") : "";
        yield return ("codes", Text(
            $"z of {record.ZDim}, {classes}{record.NumWs} w of {record.WDim}, {record.Parameters:N0} parameters"));
        if (record.StatisticsSamples is { } samples) yield return ("statistics", Text($"of {samples:N0} codes"));
        yield return ("licence", record.Licence ?? "not stated");
        foreach (ExpectedRecord e in record.Expected)
            yield return ("expected", $"{e.Request}: {(e.Agrees ? "agrees" : "differs")}, " + Text(
                $"mean {e.MeanDifference:0.00}, largest {e.MaxDifference} of 255 levels (mean of at most {e.Tolerance} asked for)"));
        foreach ((InputRecord file, int i) in record.Files.Select((file, i) => (file, i)))
            yield return (i == 0 ? "files" : "", $"{file.Name}, sha256 {file.Sha256}");
        foreach (string missing in record.Missing) yield return ("missing", missing);
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
