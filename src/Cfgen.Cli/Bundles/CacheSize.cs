using System.Globalization;
using Cfgen.Inference.Graphs;

namespace Cfgen.Cli.Bundles;

/// <summary>How much the cache may hold, from <c>CFGEN_CACHE_SIZE</c>: bytes, or a number with kB, MB or GB.</summary>
static class CacheSize
{
    const string Variable = "CFGEN_CACHE_SIZE";

    static readonly (string Unit, double Bytes)[] s_units = [("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("", 1)];

    /// <summary>In bytes; where the variable is not set, <see cref="GraphCache.DefaultBytes"/>.</summary>
    /// <exception cref="InputException">It says something else.</exception>
    public static long Of(CliIo io)
    {
        if (io.Variable(Variable) is not { Length: > 0 } text) return GraphCache.DefaultBytes;
        (string unit, double bytes) = s_units.First(u => text.EndsWith(u.Unit, StringComparison.OrdinalIgnoreCase));
        bool isNumber = double.TryParse(text[..^unit.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
        if (isNumber && number * bytes is >= 0 and <= long.MaxValue / 2) return (long)(number * bytes);
        throw new InputException(new("cache-size-wrong", "the size of the cache cannot be read")
        {
            Where = Variable,
            Found = $"'{text}'",
            Expected = "bytes, or a number with kB, MB or GB, such as 500MB",
            Fix = "correct the environment variable, or unset it for 2 GB",
        });
    }
}
