namespace Cfgen.Inference.Generators;

/// <summary>How far codes are drawn to the mean code: w_avg + psi (w - w_avg).</summary>
/// <param name="Psi">1 leaves them where they are, 0 makes them all the mean code, more than 1 goes away from it.</param>
/// <param name="Cutoff">How many of the layers, from the first, it is done to; null is all of them.</param>
public readonly record struct Truncation(double Psi, int? Cutoff = null)
{
    /// <summary>Codes as the mapping has them.</summary>
    public static Truncation None { get; } = new(1);
}
