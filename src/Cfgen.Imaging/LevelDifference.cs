namespace Cfgen.Imaging;

/// <summary>How far two pictures are from each other, in levels of 8 bits.</summary>
/// <param name="Mean">Mean of the absolute differences of all samples, 0 to 255.</param>
/// <param name="Max">The largest of them.</param>
public readonly record struct LevelDifference(double Mean, int Max)
{
    /// <summary>Compares sample by sample.</summary>
    /// <exception cref="ArgumentException">The pictures differ in size or channels.</exception>
    public static LevelDifference Between(PixelImage a, PixelImage b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if ((a.Width, a.Height, a.Channels) != (b.Width, b.Height, b.Channels))
            throw new ArgumentException(
                $"{a.Width} x {a.Height} pixels of {a.Channels} channels cannot be compared with {b.Width} x {b.Height} of {b.Channels}.",
                nameof(b));
        (long sum, int max) = (0, 0);
        for (int i = 0; i < a.Pixels.Length; i++)
        {
            int difference = Math.Abs(a.Pixels[i] - b.Pixels[i]);
            sum += difference;
            max = Math.Max(max, difference);
        }
        return new((double)sum / a.Pixels.Length, max);
    }
}
