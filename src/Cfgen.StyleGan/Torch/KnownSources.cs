using System.Collections.Frozen;

namespace Cfgen.StyleGan.Torch;

/// <summary>The published source texts of network classes that are known to compute what the import builds, by their SHA-256.</summary>
/// <remarks>
/// A network file carries the source text of its classes, which is never run; the import builds its own graph after the class's name and
/// attributes. A text that is known says that this is the same network, and any other that nobody has checked. The operations that a text
/// calls (<c>torch_utils.ops</c>) are not in the file; those of the same repositories were compared too. The texts differ in what is
/// trained and in defaults, which a file holds as attributes. To add one, read the whole text, compare what it computes with the graph
/// builder of its classes, and add a row with the <see cref="PersistentModule.SourceHash"/> that the import's warning tells, and where the
/// text was published.
/// </remarks>
public static class KnownSources
{
    /// <summary>Where each text was published, by its <see cref="PersistentModule.SourceHash"/>.</summary>
    /// <remarks>
    /// The text is what Python reads of a module's file: without a byte order mark, with line feeds. Each of the three has been the same
    /// from its repository's first commit to the commit named here.
    /// </remarks>
    public static IReadOnlyDictionary<string, string> Published { get; } = new Dictionary<string, string>
    {
        ["53b4e1ec457171d4e2c1454d48013765ab626141c35cdd383b020950effe11a5"] =
            "NVlabs/stylegan2-ada-pytorch, training/networks.py, 2021-01-30 (375a436) to 2023-09-22 (d72cc7d)",
        ["b6f14e8fa2a95de4d38218fef31380c6a70de770f585107e209ff83075c307ef"] =
            "NVlabs/stylegan3, training/networks_stylegan2.py, 2021-10-07 (8fb5177) to 2023-04-26 (c233a91)",
        ["06082fb3e8929e477f58fb8bc78e7ecb9a9209eb01444272d1d153c85a6a89f7"] =
            "NVlabs/stylegan3, training/networks_stylegan3.py, 2021-10-07 (8fb5177) to 2023-04-26 (c233a91)",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// Where a source text was published; null where it is not known, as is one without code: of blank lines and comments alone.
    /// </summary>
    /// <param name="sourceHash">Its <see cref="PersistentModule.SourceHash"/>.</param>
    public static string? Find(string sourceHash) => Published.GetValueOrDefault(sourceHash);

    /// <summary>
    /// One sentence for each unknown source text in a network, with the classes that it defines there; none where all are known.
    /// </summary>
    /// <param name="network">The network with all modules in it.</param>
    public static IReadOnlyList<string> Warnings(PersistentModule network) =>
    [
        .. from module in WithDescendants(network)
           where Find(module.SourceHash) is null
           group module by module.SourceHash into text
           let classes = string.Join(", ", text.Select(m => m.ClassName).Distinct())
           select IsBlank(text.First().ModuleSource)
               ? $"the file has no source text for {classes}: whether the imported network is the same is unknown"
               : $"the source text of {classes} is not one that was compared with the import (SHA-256 {text.Key}): it was not run, and the "
                   + "imported network may differ from it",
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
