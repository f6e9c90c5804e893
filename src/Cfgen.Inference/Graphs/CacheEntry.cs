using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Graphs;

/// <summary>What an entry of the cache says it is: a damaged one, or one that belongs under another key, gives itself away.</summary>
/// <param name="Key">The key that it was stored under.</param>
/// <param name="Files">Length and hash of every other file in the entry, by name.</param>
sealed record CacheEntry(string Key, IReadOnlyDictionary<string, CacheEntry.Content> Files)
{
    const string Name = "contents.json";

    /// <summary>An entry has a handful of files; anything longer was not written by <see cref="Write"/>.</summary>
    const int LongestRecord = 1 << 16;

    /// <param name="Bytes">Length.</param>
    /// <param name="Sha256">Hash, lower case.</param>
    public sealed record Content(long Bytes, string Sha256);

    /// <summary>Records what is in a folder, its last file.</summary>
    public static void Write(string folder, string key)
    {
        Dictionary<string, Content> files = [];
        foreach (string path in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
            files[Path.GetFileName(path)] = new(new FileInfo(path).Length, Hash(path));
        byte[] record = JsonSerializer.SerializeToUtf8Bytes(new CacheEntry(key, files), CacheEntryJson.Default.CacheEntry);
        File.WriteAllBytes(Path.Combine(folder, Name), record);
    }

    /// <summary>Looks whether a folder holds what was stored under a key.</summary>
    /// <param name="folder">The entry's.</param>
    /// <param name="key">Its name.</param>
    /// <param name="needed">Names of the files without which it is of no use.</param>
    /// <returns>What is wrong with it, or null.</returns>
    public static string? Defect(string folder, string key, params IReadOnlyList<string> needed)
    {
        try
        {
            string record = Path.Combine(folder, Name);
            if (!IsRegular(record, LongestRecord)) return $"no {Name} that could be read";
            CacheEntry? entry = JsonSerializer.Deserialize(InputFile.ReadAll(record, FileKind.MaxTextBytes),
                CacheEntryJson.Default.CacheEntry);
            if (entry?.Files is null || entry.Key != key) return "it belongs to other models or settings";
            if (needed.FirstOrDefault(name => !entry.Files.ContainsKey(name)) is { } missing) return $"{missing} is not in it";
            string? changed = entry.Files.Keys.FirstOrDefault(name => !Holds(folder, name, entry.Files[name]));
            return changed is null ? null : $"{changed} is not as it was written";
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    // The length first: what was swapped for something endless must not be read to its end.
    static bool Holds(string folder, string name, Content? expected) =>
        expected is not null
        && Path.Combine(folder, name) is var path
        && IsRegular(path, expected.Bytes)
        && new FileInfo(path).Length == expected.Bytes
        && Hash(path) == expected.Sha256;

    static bool IsRegular(string path, long mostBytes) =>
        File.Exists(path) && FileNature.Of(path).Special is null && new FileInfo(path).Length <= mostBytes;

    static string Hash(string path)
    {
        using FileStream stream = InputFile.OpenStream(path, OnnxFile.MaxMessageBytes);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}

[JsonSourceGenerationOptions(UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(CacheEntry))]
sealed partial class CacheEntryJson : JsonSerializerContext;
