using System.Globalization;

namespace Cfgen.Cli.Commands.Generate;

/// <summary>Pictures that were made of seeds, for a person.</summary>
static class GenerateTable
{
    /// <summary>The rows in order.</summary>
    public static IEnumerable<(string Key, string Value)> Rows(GenerateRecord record)
    {
        GeneratedRecord first = record.Images[0], last = record.Images[^1];
        yield return ("folder", record.Folder ?? "");
        yield return ("pictures", first == last
            ? first.File
            : string.Create(CultureInfo.InvariantCulture, $"{record.Images.Count}, from {first.File} to {last.File}"));
        if (record.Class is { } c) yield return ("class", string.Create(CultureInfo.InvariantCulture, $"{c}"));
        string layers =
            record.TruncationCutoff is { } cutoff ? string.Create(CultureInfo.InvariantCulture, $" in the first {cutoff} layers") : "";
        if (record.TruncationPsi != 1)
            yield return ("truncation", string.Create(CultureInfo.InvariantCulture, $"psi {record.TruncationPsi}{layers}"));
        yield return ("sheet", string.Create(
            CultureInfo.InvariantCulture, $"{record.ContactSheet.File}, {record.ContactSheet.Images} of them"));
    }
}
