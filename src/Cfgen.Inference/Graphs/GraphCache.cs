using System.Text.Json;
using System.Text.Json.Serialization;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Graphs;

/// <summary>
/// Keeps built graphs on disk, one folder an entry. An entry appears whole, by renaming, or not at all; two processes may
/// build the same entry at once, and one of them wins.
/// </summary>
public sealed class GraphCache
{
    const string GradientName = "gradient.onnx", ClassifyName = "classify.onnx", FactsName = "facts.json", InversionName = "inversion.onnx";

    readonly string _folder;

    /// <summary>A cache in a folder, which is made when the first entry is.</summary>
    public GraphCache(string folder) => _folder = folder;

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

    /// <summary>Finds an entry.</summary>
    /// <returns>Paths of the graphs and the facts, or null where there is no such entry or it cannot be read.</returns>
    public CachedGraphs? Find(string key)
    {
        string entry = Path.Combine(_folder, key);
        string facts = Path.Combine(entry, FactsName);
        if (!File.Exists(facts)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(facts), FactsJson.Default.GraphFacts) is { } known
                ? new(Path.Combine(entry, GradientName), Path.Combine(entry, ClassifyName), known) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null; // a damaged entry is built again
        }
    }

    /// <summary>Writes an entry, replacing what stands there.</summary>
    /// <exception cref="IOException">The folder cannot be written or the disk is full.</exception>
    public CachedGraphs Store(string key, ModelProto gradient, ModelProto classify, GraphFacts facts)
    {
        string entry = Place(key, folder => Write(folder, gradient, classify, facts));
        return new(Path.Combine(entry, GradientName), Path.Combine(entry, ClassifyName), facts);
    }

    /// <summary>Finds an inversion graph.</summary>
    /// <returns>Its path, or null where there is no such entry.</returns>
    public string? FindInversion(string key) => Path.Combine(_folder, key, InversionName) is var path && File.Exists(path) ? path : null;

    /// <summary>Writes an inversion graph, replacing what stands there.</summary>
    /// <exception cref="IOException">The folder cannot be written or the disk is full.</exception>
    public void StoreInversion(string key, ModelProto inversion) => Place(key, folder => OnnxFile.Save(inversion, Path.Combine(folder, InversionName)));

    /// <summary>Has an entry written into a folder beside it, and puts that in place.</summary>
    /// <returns>The entry's folder.</returns>
    string Place(string key, Action<string> write)
    {
        string entry = Path.Combine(_folder, key);
        string temporary = $"{entry}.{Guid.NewGuid():N}.tmp", replaced = temporary + ".old";
        Directory.CreateDirectory(temporary);
        try
        {
            write(temporary);
            // Moved away whole, not deleted in place: another process may just be reading or replacing it.
            if (Directory.Exists(entry)) Directory.Move(entry, replaced);
            Directory.Move(temporary, entry);
            return entry;
        }
        finally
        {
            if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
            if (Directory.Exists(replaced)) Directory.Delete(replaced, recursive: true);
        }
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
