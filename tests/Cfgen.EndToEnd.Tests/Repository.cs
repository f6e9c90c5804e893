using System.Runtime.CompilerServices;

namespace Cfgen.EndToEnd.Tests;

/// <summary>Where the sources are, for the schemas kept beside them.</summary>
static class Repository
{
    /// <summary>The root.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    static string Here([CallerFilePath] string file = "") => file;
}
