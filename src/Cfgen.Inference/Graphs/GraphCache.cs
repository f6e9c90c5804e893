using System.Text.Json;
using System.Text.Json.Serialization;
using Cfgen.Counterfactuals;
using Cfgen.Inference.Codes;
using Cfgen.OnnxFormat;
using Cfgen.OnnxFormat.Storage;

namespace Cfgen.Inference.Graphs;

/// <summary>
/// Keeps built graphs on disk, one folder an entry. An entry appears whole, by renaming, or not at all, and is used only where it is
/// what was written; two processes may build the same entry at once, and one of them wins.
/// </summary>
public sealed class GraphCache
{
    /// <summary>Bytes that the cache may hold where nobody says otherwise.</summary>
    public const long DefaultBytes = 2_000_000_000;

    const string GradientName = "gradient.onnx", ClassifyName = "classify.onnx", FactsName = "facts.json", InversionName = "inversion.onnx";

    readonly string _folder;
    readonly long _bytes;

    /// <summary>A cache in a folder, which is made when the first entry is.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="bytes">What it may hold; beyond it the entries go that were used longest ago.</param>
    public GraphCache(string folder, long bytes = DefaultBytes) => (_folder, _bytes) = (folder, bytes);

    /// <summary>The folder that <c>CFGEN_CACHE</c> names, else the user's cache folder, else (no home) null.</summary>
    /// <param name="environment">Looks up an environment variable.</param>
    public static string? DefaultFolder(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (environment("CFGEN_CACHE") is { Length: > 0 } given) return given;
        if (environment("XDG_CACHE_HOME") is { Length: > 0 } xdg) return Path.Combine(xdg, "cfgen");
        if (environment("HOME") is { Length: > 0 } home) return Path.Combine(home, ".cache", "cfgen");
        return environment("LOCALAPPDATA") is { Length: > 0 } local ? Path.Combine(local, "cfgen", "cache") : null;
    }

    /// <summary>Finds an entry. What killed processes left in the cache is removed on the way.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="log">Told, in words, why an entry that is there is of no use.</param>
    /// <returns>Paths of the graphs and the facts, or null where there is no such entry or it is not as it was written.</returns>
    public CachedGraphs? Find(string key, Action<string> log)
    {
        if (FindEntry(key, "graphs in the cache are damaged", log, GradientName, ClassifyName, FactsName) is not { } entry) return null;
        try
        {
            return JsonSerializer.Deserialize(InputFile.ReadAll(Path.Combine(entry, FactsName), FileKind.MaxTextBytes),
                FactsJson.Default.GraphFacts) is { } known
                ? new(Path.Combine(entry, GradientName), Path.Combine(entry, ClassifyName), known) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            log($"the facts in the cache cannot be read: {e.Message}");
            return null;
        }
    }

    /// <summary>Writes an entry, replacing what stands there.</summary>
    /// <exception cref="IOException">The folder cannot be written or the disk is full.</exception>
    public CachedGraphs Store(string key, ModelProto gradient, ModelProto classify, GraphFacts facts)
    {
        string entry = Place(key, folder => Write(folder, gradient, classify, facts));
        return new(Path.Combine(entry, GradientName), Path.Combine(entry, ClassifyName), facts);
    }

    /// <summary>Finds an inversion graph. What killed processes left in the cache is removed on the way.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="log">Told, in words, why an entry that is there is of no use.</param>
    /// <returns>Its path, or null where there is no such entry or it is not as it was written.</returns>
    public string? FindInversion(string key, Action<string> log) =>
        FindEntry(key, "the inversion graph in the cache is damaged", log, InversionName) is { } entry
            ? Path.Combine(entry, InversionName) : null;

    /// <summary>Writes an inversion graph, replacing what stands there.</summary>
    /// <exception cref="IOException">The folder cannot be written or the disk is full.</exception>
    public void StoreInversion(string key, ModelProto inversion) =>
        Place(key, folder => OnnxFile.Save(inversion, Path.Combine(folder, InversionName)));

    /// <summary>Finds class statistics. What killed processes left in the cache is removed on the way.</summary>
    /// <param name="key">Their name.</param>
    /// <param name="log">Told, in words, why an entry that is there is of no use.</param>
    /// <returns>Null where there is no such entry or it is not as it was written.</returns>
    public ClassStatistics? FindStatistics(string key, Action<string> log) =>
        FindEntry(key, "the class statistics in the cache are damaged", log, ClassStatisticsFiles.Names) is { } entry
            ? ClassStatisticsFiles.Read(entry) : null;

    /// <summary>Writes class statistics, replacing what stands there.</summary>
    /// <exception cref="IOException">The folder cannot be written or the disk is full.</exception>
    public void StoreStatistics(string key, ClassStatistics statistics) =>
        Place(key, folder => ClassStatisticsFiles.Write(folder, statistics));

    string? FindEntry(string key, string what, Action<string> log, params string[] needed)
    {
        TemporaryName.RemoveLeftIn(_folder);
        string entry = Path.Combine(_folder, key);
        if (!Directory.Exists(entry)) return null;
        if (CacheEntry.Defect(entry, key, needed) is not { } defect)
        {
            CacheTrim.Use(entry);
            return entry;
        }
        log($"{what} and built again: {defect}");
        return null;
    }

    /// <summary>Has an entry written into a folder beside it, and puts that in place.</summary>
    /// <returns>The entry's folder.</returns>
    string Place(string key, Action<string> write)
    {
        string entry = Path.Combine(_folder, key);
        string temporary = TemporaryName.For(entry), replaced = temporary + ".old";
        Directory.CreateDirectory(temporary);
        try
        {
            write(temporary);
            CacheEntry.Write(temporary, key);
            Exchange(temporary, entry, replaced);
            CacheTrim.Trim(_folder, _bytes, keep: entry);
            return entry;
        }
        catch (IOException) when (CacheEntry.Defect(entry, key) is null)
        {
            return entry; // another process was faster, with the same graphs
        }
        finally
        {
            if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
            if (Directory.Exists(replaced)) Directory.Delete(replaced, recursive: true);
        }
    }

    /// <summary>
    /// Puts a new entry in place of an old one, which is moved away whole, not deleted in place: another process may just be reading or
    /// replacing it.
    /// </summary>
    static void Exchange(string temporary, string entry, string replaced)
    {
        if (Directory.Exists(entry)) Directory.Move(entry, replaced);
        Directory.Move(temporary, entry);
    }

    static void Write(string folder, ModelProto gradient, ModelProto classify, GraphFacts facts)
    {
        OnnxFile.Save(gradient, Path.Combine(folder, GradientName));
        OnnxFile.Save(classify, Path.Combine(folder, ClassifyName));
        File.WriteAllBytes(Path.Combine(folder, FactsName), JsonSerializer.SerializeToUtf8Bytes(facts, FactsJson.Default.GraphFacts));
    }
}

/// <summary>Graphs as files, and what is known of them.</summary>
public sealed record CachedGraphs(string GradientPath, string ClassifyPath, GraphFacts Facts);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(GraphFacts))]
sealed partial class FactsJson : JsonSerializerContext;
