namespace Cfgen.Cli.Output.Json;

/// <summary>JSON has no infinity and no not-a-number.</summary>
static class Finite
{
    /// <summary>The number, or null where it is not finite.</summary>
    public static double? OrNull(double value) => double.IsFinite(value) ? value : null;
}
