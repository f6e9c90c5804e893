namespace Cfgen.Benchmarks;

/// <summary>The networks that the tests compare gradients of with references.</summary>
static class FixtureNetworks
{
    static readonly string s_folder = Path.Combine("tests", "Cfgen.Inference.Tests", "Fixtures");

    /// <summary>Name and file of each, by name.</summary>
    public static IEnumerable<(string Name, string Path)> All() =>
        from path in Directory.EnumerateFiles(s_folder, "*.onnx", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let name = Path.ChangeExtension(Path.GetRelativePath(s_folder, path), null)
        select (name.EndsWith("/model", StringComparison.Ordinal) ? name[..^"/model".Length] : name, path);
}
