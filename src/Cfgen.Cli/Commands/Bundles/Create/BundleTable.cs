using System.Globalization;
using Cfgen.Cli.Results;

namespace Cfgen.Cli.Commands.Bundles.Create;

/// <summary>A bundle that was made, for a person.</summary>
static class BundleTable
{
    /// <summary>The rows in order. Warnings are told on stderr.</summary>
    public static IEnumerable<(string Key, string Value)> Rows(BundleCreateRecord record)
    {
        yield return ("bundle", record.Name);
        yield return ("folder", record.Folder);
        foreach ((InputRecord file, int i) in record.Files.Select((file, i) => (file, i)))
            yield return (i == 0 ? "files" : "", $"{file.Name}, sha256 {file.Sha256}");
        if (record.Pictures is { } pictures)
            yield return ("statistics", string.Create(CultureInfo.InvariantCulture, $"of the codes of {pictures} pictures"));
        foreach ((string assumed, int i) in record.Assumed.Select((text, i) => (text, i))) yield return (i == 0 ? "assumed" : "", assumed);
        foreach (string missing in record.Missing) yield return ("missing", missing);
    }
}
