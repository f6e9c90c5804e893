using System.Text.Json;

namespace Cfgen.Cli.Output.Files;

/// <summary>Whether a folder holds what cfgen wrote there and nothing else. Only such a folder may be replaced.</summary>
static class OwnFiles
{
    /// <summary>More than any list of files that cfgen writes.</summary>
    const long MaxRecordBytes = 1 << 28;

    /// <summary>Names that an error lists.</summary>
    const int Named = 5;

    /// <summary>Readings of a folder that other runs replace at the same time.</summary>
    const int Tries = 20;

    /// <summary>Compares the folder with the list in its record.</summary>
    /// <param name="folder">With the kind's record in it.</param>
    /// <param name="kind">What it is to be.</param>
    /// <returns>What is not cfgen's in it; null where all is.</returns>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static string? FindForeign(string folder, ResultKind kind)
    {
        string record = Path.Combine(folder, kind.Mark);
        for (int i = 1; ; i++)
        {
            try
            {
                FileInfo file = new(record);
                bool readable = file.LinkTarget is null && FileNature.Of(record).Special is null && file.Length <= MaxRecordBytes;
                if (!readable) return NotOurs(kind);
                byte[] json = File.ReadAllBytes(record);
                string? found = FindForeign(folder, kind, json);
                // The list of one result compared with the files of the next one tells nothing.
                if (found is null || i == Tries || File.ReadAllBytes(record).AsSpan().SequenceEqual(json)) return found;
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException && i < Tries)
            {
                // Replaced at this moment: look at the new one.
            }
        }
    }

    static string? FindForeign(string folder, ResultKind kind, byte[] record)
    {
        HashSet<string> written;
        try
        {
            using JsonDocument json = JsonDocument.Parse(record);
            if (json.RootElement.ValueKind is not JsonValueKind.Object) return NotOurs(kind);
            if (!kind.Schemas.Contains(TextOf(json.RootElement, "$schema"))) return NotOurs(kind);
            if (!json.RootElement.TryGetProperty("files", out JsonElement files) || files.ValueKind is not JsonValueKind.Array)
                return $"a {kind.Mark} that does not list the files that cfgen wrote, as of an older version or made by hand";
            written = [.. files.EnumerateArray().Where(file => file.ValueKind is JsonValueKind.String).Select(file => file.GetString()!)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return NotOurs(kind); // not JSON, or text that is no Unicode
        }
        string[] foreign = [.. Foreign(new(folder), "", written).Take(Named + 1)];
        if (foreign.Length == 0) return null;
        return string.Join(", ", foreign.Take(Named)) + (foreign.Length > Named ? " and more" : "");
    }

    /// <summary>All files below a folder and one more, relative, sorted: what its record lists.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="record">Name of the record, which is not there yet.</param>
    public static IReadOnlyList<string> In(string folder, string record) =>
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                .Append(record).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];

    static string NotOurs(ResultKind kind) => $"a {kind.Mark} that cfgen did not write";

    static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    /// <summary>Names of what was not written: other files, links (cfgen makes none), and folders in which nothing was.</summary>
    static IEnumerable<string> Foreign(DirectoryInfo folder, string prefix, HashSet<string> written)
    {
        foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            string name = prefix + entry.Name;
            string inside = name + "/";
            bool isLink = entry.LinkTarget is not null;
            if (!isLink && entry is DirectoryInfo inner && written.Any(file => file.StartsWith(inside, StringComparison.Ordinal)))
            {
                foreach (string deeper in Foreign(inner, inside, written)) yield return deeper;
            }
            else if (entry is DirectoryInfo) yield return inside;
            else if (isLink || !written.Contains(name)) yield return name;
        }
    }
}
