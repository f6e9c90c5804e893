using Cfgen.StyleGan.Generators;
using Cfgen.StyleGan.Torch;

namespace Cfgen.Cli.Commands.Import;

/// <summary>Finds out which network of a file is meant, before anything is built of it.</summary>
static class GeneratorNetwork
{
    /// <summary>Names told in an error.</summary>
    const int MostNames = 12;

    /// <summary>Most characters told of each.</summary>
    const int LongestName = 60;

    /// <summary>The name of a generator in the file.</summary>
    /// <param name="pickle">The file.</param>
    /// <param name="asked">What was typed; null is the default.</param>
    /// <exception cref="InputException">There is no such network, or it is no generator.</exception>
    public static string Choose(NetworkPickle pickle, string? asked)
    {
        string name = asked ?? GeneratorImport.DefaultNetwork;
        bool isThere = pickle.Networks.Contains(name);
        if (isThere && IsGenerator(pickle, name)) return name;
        string[] generators = [.. pickle.Networks.Where(other => other != name && IsGenerator(pickle, other))];
        throw new InputException(new(
            isThere ? "network-no-generator" : "network-missing",
            isThere ? $"the network '{name}' is no generator" : $"the file has no network '{name}'")
        {
            Where = pickle.Name,
            Found = pickle.Networks.Count == 0 ? "no network" : $"the networks {Shown(pickle.Networks, ", ")}",
            Expected = generators.Length == 0 ? "a network with the modules synthesis and mapping" : Shown(generators, " or "),
            Fix = generators.Length == 0
                ? "get the StyleGAN network (.pkl) as it was published: a file of weights alone does not say how they are joined"
                : $"choose with --network {Shown(generators[..1], "")}",
        });
    }

    static bool IsGenerator(NetworkPickle pickle, string name) =>
        pickle.Module(name).Children is { } children && children.ContainsKey("synthesis") && children.ContainsKey("mapping");

    static string Shown(IEnumerable<string> names, string between) =>
        string.Join(between, names.Take(MostNames).Select(name => ShownText.Of(name, LongestName)));
}
