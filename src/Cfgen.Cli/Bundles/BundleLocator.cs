namespace Cfgen.Cli.Bundles;

/// <summary>Where the bundle is when the command line does not say.</summary>
static class BundleLocator
{
    /// <summary>The bundle that is meant: the one given, else what <c>CFGEN_BUNDLE</c> names, else the digits beside the program.</summary>
    public static string Find(string? given, CliIo io) =>
        given is not null ? io.FullPath(given)
        : io.Variable("CFGEN_BUNDLE") is { Length: > 0 } named ? io.FullPath(named)
        : Path.Combine(AppContext.BaseDirectory, "models", "digits");
}
