using System.Runtime.CompilerServices;

namespace Cfgen.Autodiff.Tests;

/// <summary>Where the sources are, for tests that compare them with the table.</summary>
static class Repository
{
    /// <summary>The root.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
