using System.Runtime.CompilerServices;

namespace Cfgen.Counterfactuals.Numerics;

/// <summary>Vector loops in a fixed order of operations: the same bits on every machine, whatever the width of its vector unit.</summary>
/// <remarks>The hot ones are compiled for speed at once: a whole decomposition is over before the runtime would notice that they are hot.</remarks>
static class VectorMath
{
    /// <summary>Sum of a[i] b[i]. Four sums side by side, since one alone would wait for each addition to end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        b = b[..a.Length];
        (double s0, double s1, double s2, double s3) = (0, 0, 0, 0);
        int i = 0;
        for (; i <= a.Length - 4; i += 4)
        {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.Length; i++) s0 += a[i] * b[i];
        return s0 + s1 + (s2 + s3);
    }

    /// <summary>y = y + scale x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(double scale, ReadOnlySpan<double> x, Span<double> y)
    {
        y = y[..x.Length];
        for (int i = 0; i < x.Length; i++) y[i] += scale * x[i];
    }

    /// <summary>Turns two vectors in their plane: (a, b) = (c a + s b, c b - s a).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rotate(double c, double s, Span<double> a, Span<double> b)
    {
        b = b[..a.Length];
        for (int i = 0; i < a.Length; i++) (a[i], b[i]) = (c * a[i] + s * b[i], c * b[i] - s * a[i]);
    }

    /// <summary>Sum of (a[i] - b[i])^2.</summary>
    public static double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }

    /// <summary>The largest absolute value; 0 for no entries.</summary>
    public static double LargestMagnitude(ReadOnlySpan<double> a)
    {
        double largest = 0;
        foreach (double value in a) largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }
}
