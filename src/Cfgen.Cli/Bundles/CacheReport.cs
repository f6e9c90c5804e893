using Serilog.Core;

namespace Cfgen.Cli.Bundles;

/// <summary>Tells what becomes of the graphs that are kept.</summary>
sealed class CacheReport(CliIo io, Logger log)
{
    /// <summary>Told what is done, in words: for who wants to know in detail.</summary>
    public void Detail(string message) => log.Debug("{Message}", message);

    /// <summary>
    /// Told that graphs cannot be kept. Who named a folder for them is warned; the user's cache folder may be read-only, as many homes
    /// of build machines are.
    /// </summary>
    public void NotKept(string message)
    {
        if (io.Variable("CFGEN_CACHE") is { Length: > 0 }) log.Warning("{Message}", $"CFGEN_CACHE cannot be used: {message}");
        else Detail(message);
    }
}
