using System.Runtime.CompilerServices;

namespace Cfgen.Cli.Tests;

/// <summary>Where the sources are, for tests that compare with files kept beside them.</summary>
static class Repository
{
    /// <summary>The folder of this project.</summary>
    public static string Tests { get; } = Here();

    /// <summary>The root.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Tests, "..", ".."));

    static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
