using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Cfgen.Counterfactuals.Tests;

/// <summary>The search is pure: no file, no clock, no console, no chance, no network.</summary>
public sealed class ArchitectureTests
{
    [Fact]
    public void Only_the_runtime_and_a_library_of_numerics_are_referenced_and_no_outer_parts()
    {
        string[] names = [.. typeof(CounterfactualSearch).Assembly.GetReferencedAssemblies().Select(name => name.Name!)];
        Assert.All(names.Except(["MathNet.Numerics"]), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
        string[] outer = ["System.Console", "System.IO", "System.Net"];
        Assert.DoesNotContain(names, name => outer.Any(part => name.StartsWith(part, StringComparison.Ordinal)));
    }

    /// <summary>Files and clocks live in System.Runtime itself, so that the references alone do not show them; the types do.</summary>
    [Fact]
    public void No_type_of_files_clocks_or_chance_is_used()
    {
        string[] banned =
        [
            "System.DateTime", "System.DateTimeOffset", "System.TimeProvider", "System.Diagnostics.Stopwatch", "System.Random",
            "System.Console",
        ];
        using FileStream file = File.OpenRead(typeof(CounterfactualSearch).Assembly.Location);
        using PEReader assembly = new(file);
        MetadataReader metadata = assembly.GetMetadataReader();
        string[] used =
        [
            .. from handle in metadata.TypeReferences
               let type = metadata.GetTypeReference(handle)
               select $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}",
        ];
        Assert.Contains("System.Math", used);
        Assert.DoesNotContain(used, name => banned.Contains(name) || name.StartsWith("System.IO.", StringComparison.Ordinal));
    }
}
