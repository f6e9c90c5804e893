using System.Runtime.CompilerServices;

namespace Cfgen.Inference.Tests;

/// <summary>Where the sources are, for tests that compare with files kept there.</summary>
static class Repository
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
