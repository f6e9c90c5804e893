using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = mean of x over windows: dx = dy / count, spread over each window (a depthwise transposed convolution with ones).</summary>
static class AveragePoolGradient
{
    public static string?[] Rule(GradientContext n)
    {
        WindowGeometry window = WindowGeometry.Of(n, n.Ints("kernel_shape") ?? throw n.Refuse("no kernel_shape", "a kernel_shape"));
        double[] shares = InverseCounts(n, window);
        bool isEven = shares.All(s => s == shares[0]);
        string share = n.Ops.Mul(n.OutputGradient, isEven ? n.Ops.Scalar(shares[0]) : n.Ops.Real(shares, [1, 1, .. window.Output]));
        long channels = n.FixedLength(0, 1);
        double[] ones = new double[channels * window.Kernel.Aggregate(1L, (a, b) => a * b)];
        Array.Fill(ones, 1);
        return [window.Transpose(n, share, n.Ops.Real(ones, [channels, 1, .. window.Kernel]), channels)];
    }

    /// <summary>
    /// For each window 1 / (number of elements it averages), row major. A window over the border counts the padding only if asked to, and
    /// never what ceil_mode adds beyond it.
    /// </summary>
    static double[] InverseCounts(GradientContext n, WindowGeometry window)
    {
        bool countPadding = n.Int("count_include_pad", 0) != 0;
        double[] counts = [1];
        for (int axis = 0; axis < window.Kernel.Length; axis++)
        {
            double[] along = [.. Enumerable.Range(0, (int)window.Output[axis]).Select(o => (double)Count(window, axis, o, countPadding))];
            counts = [.. counts.SelectMany(_ => along, (c, a) => c * a)];
        }
        return Array.ConvertAll(counts, c => 1 / c);
    }

    static int Count(WindowGeometry window, int axis, int output, bool countPadding)
    {
        long first = output * window.Strides[axis] - window.Begin[axis];
        long low = countPadding ? -window.Begin[axis] : 0;
        long high = window.Input[axis] + (countPadding ? window.End[axis] : 0);
        int count = 0;
        for (long k = 0, at = first; k < window.Kernel[axis]; k++, at += window.Dilations[axis]) if (at >= low && at < high) count++;
        return count;
    }
}
