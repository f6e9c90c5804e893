using System.Runtime.CompilerServices;

namespace Cfgen.Testing;

/// <summary>Where the sources are, for tests that compare with files kept beside them.</summary>
public static class Repository
{
    /// <summary>The root.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    static string Here([CallerFilePath] string file = "") => file;
}
