using System.Collections.Frozen;

namespace Cfgen.StyleGan.Torch;

/// <summary>The published source texts of network classes that are known to compute what the import builds, by their SHA-256.</summary>
/// <remarks>
/// A network file carries the source text of its classes, which is never run; the import builds its own graph after the class's name and attributes. A text
/// that is known says that this is the same network, and any other that nobody has checked. The table is empty so far: none of the published texts has been
/// compared with the graphs. To add one, read the whole text, compare what it computes with the graph builder of its classes, and add a row with the
/// <see cref="PersistentModule.SourceHash"/> that the import's warning tells, and where the text was published.
/// </remarks>
public static class KnownSources
{
    static readonly FrozenDictionary<string, string> Published = FrozenDictionary<string, string>.Empty;

    /// <summary>Where a source text was published; null where it is not known, as is one without code: of blank lines and comments alone.</summary>
    /// <param name="sourceHash">Its <see cref="PersistentModule.SourceHash"/>.</param>
    public static string? Find(string sourceHash) => Published.GetValueOrDefault(sourceHash);

    /// <summary>One sentence for each unknown source text in a network, with the classes that it defines there; none where all are known.</summary>
    /// <param name="network">The network with all modules in it.</param>
    public static IReadOnlyList<string> Warnings(PersistentModule network) =>
    [
        .. from module in WithDescendants(network)
           where Find(module.SourceHash) is null
           group module by module.SourceHash into text
           let classes = string.Join(", ", text.Select(m => m.ClassName).Distinct())
           select IsBlank(text.First().ModuleSource)
               ? $"the file has no source text for {classes}: whether the imported network is the same is unknown"
               : $"the source text of {classes} is not one that was compared with the import (SHA-256 {text.Key}): it was not run, and the imported network may differ from it",
    ];

    /// <summary>Whether a source text has no code.</summary>
    static bool IsBlank(string source) => source.Split('\n').All(line => line.Trim() is "" or ['#', ..]);

    static IEnumerable<PersistentModule> WithDescendants(PersistentModule root)
    {
        HashSet<PersistentModule> seen = [root]; // a module may be shared
        Queue<PersistentModule> open = new([root]);
        while (open.TryDequeue(out PersistentModule? module))
        {
            yield return module;
            foreach (PersistentModule child in module.Children.Values.Where(seen.Add)) open.Enqueue(child);
        }
    }
}
