namespace Cfgen.Autodiff.Cpu;

/// <summary>Pictures so large that memory counts for more than the price of a node.</summary>
static class LargeImages
{
    /// <summary>Elements in one row of the batch from which on a value is large; in single precision they take 4 MB.</summary>
    const long From = 1 << 20;

    /// <summary>Whether a value of this shape is large.</summary>
    public static bool IsLarge(IReadOnlyList<Dimension> shape) =>
        shape.Where(d => d.IsFixed).Aggregate(1L, (product, d) => product * d.Fixed) >= From;
}
