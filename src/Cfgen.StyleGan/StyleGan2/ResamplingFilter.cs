using Cfgen.StyleGan.Generators;
using Cfgen.StyleGan.Torch;

namespace Cfgen.StyleGan.StyleGan2;

/// <summary>
/// The low-pass filter of an enlargement by 2, which the definition describes so: a zero behind every element, <see cref="Before"/> and
/// <see cref="After"/> zeros around all, and the filter over that as a convolution.
/// </summary>
/// <param name="Size">Rows and columns.</param>
/// <param name="Values">Row by row, times 4, since the inserted zeros divide the mean by 4.</param>
sealed record ResamplingFilter(int Size, float[] Values)
{
    const int Gain = 4, Largest = 16;

    /// <summary>What is used where the network has none: the outer product of [1, 3, 3, 1], with sum 1.</summary>
    static readonly float[] s_binomial = [.. from a in (float[])[1, 3, 3, 1] from b in (float[])[1, 3, 3, 1] select a * b / 64];

    int Before => (Size + 1) / 2;

    int After => (Size - 2) / 2;

    /// <summary>
    /// The filter of a module. Short ones are held as squares, and those of 8 taps and more as what is applied along columns and rows
    /// alike.
    /// </summary>
    /// <exception cref="InputException">It is neither a square nor a row of at most 16, or not finite.</exception>
    public static ResamplingFilter Of(PersistentModule module)
    {
        (float[] values, IReadOnlyList<int> shape) = module.FiniteOrNull("resample_filter") ?? (s_binomial, [4, 4]);
        if (shape is not ([>= 1 and <= Largest] or [>= 1 and <= Largest, _]) || shape[0] != shape[^1])
            throw module.Unfit(
                "network-shape", $"the resample_filter of the network's {module.ClassName} is not one that can be imported",
                $"the shape [{string.Join(", ", shape)}]", $"a square of 1 to {Largest} rows, or up to {Largest} taps");
        if (shape is [_]) values = [.. from a in values from b in values select a * b];
        // where the definition crops what it would pad, the last of two has the same place
        if (values.Length == 1) values = [0, 0, 0, values[0]];
        return new((int)Math.Sqrt(values.Length), Array.ConvertAll(values, v => v * Gain));
    }

    /// <summary>
    /// Zeros around the result of a transposed convolution of stride 2 for the filter to run over: [begin, end], never negative.
    /// </summary>
    /// <param name="kernel">
    /// Rows and columns of the transposed convolution's kernel, which the definition applies after the filter with half of it as padding.
    /// Both are linear and do not depend on the place, so that they may change places; then kernel - 1 of the zeros before the first
    /// element, and kernel - 2 behind the last, are what the kernel itself reaches.
    /// </param>
    public (int Begin, int End) Around(int kernel) => (Before + kernel / 2 - (kernel - 1), After + kernel / 2 - (kernel - 2));

    /// <summary>How much more a transposed convolution of stride 2 with the filter writes than is wanted: [begin, end].</summary>
    public (int Begin, int End) Surplus => (Size - 1 - Before, Before - 1);

    /// <summary>The filter once for each channel, as the kernel of a transposed convolution: [channels, 1, size, size].</summary>
    public float[] Repeated(int channels) => [.. Enumerable.Repeat(Values, channels).SelectMany(v => v)];

    /// <summary>
    /// The filter turned round, once for each channel, as the kernel of ONNX's Conv, which does not turn it: [channels, 1, size, size].
    /// </summary>
    public float[] Turned(int channels) => [.. Enumerable.Repeat(Values.Reverse(), channels).SelectMany(v => v)];
}
