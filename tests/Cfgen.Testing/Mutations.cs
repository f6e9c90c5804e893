using System.Globalization;

namespace Cfgen.Testing;

/// <summary>How many mutations a test tries, and which: 500 that are always the same; with <c>CFGEN_MUTATIONS=5000</c> as many others
/// every time, or those of <c>CFGEN_MUTATION_SEED</c>.</summary>
public static class Mutations
{
    const int Usual = 500, UsualSeed = 1;

    /// <summary>How many.</summary>
    public static int Count { get; } = Number("CFGEN_MUTATIONS") ?? Usual;

    /// <summary>What the first is drawn from; those that follow count on.</summary>
    public static int Seed { get; } = Number("CFGEN_MUTATION_SEED") ?? (
        Number("CFGEN_MUTATIONS") is null ? UsualSeed : Environment.TickCount & 0xFFFFFF);

    static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number : null;
}
