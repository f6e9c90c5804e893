using System.Numerics;

namespace Cfgen.Inference.Gradients;

/// <summary>The median of measurements, which one disturbance does not move.</summary>
public static class Median
{
    /// <summary>The middle one; of an even number the mean of the two in the middle.</summary>
    /// <param name="values">At least one, none of them not a number; in any order, which is kept.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static T Of<T>(ReadOnlySpan<T> values) where T : INumber<T>
    {
        if (values.IsEmpty) throw new ArgumentException("Nothing has no median.", nameof(values));
        T[] sorted = values.ToArray();
        Array.Sort(sorted);
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / T.CreateChecked(2);
    }

    /// <summary>The same of spans of time.</summary>
    /// <param name="values">At least one.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static TimeSpan Of(IEnumerable<TimeSpan> values) => new(Of<long>([.. values.Select(v => v.Ticks)]));
}
