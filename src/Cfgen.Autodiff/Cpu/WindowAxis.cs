using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// One axis of a pooling window without dilation: position i of output o is element o · stride + i - begin of the input.
/// </summary>
sealed class WindowAxis(WindowGeometry window, int axis)
{
    /// <summary>Padding before the input.</summary>
    public long Begin { get; } = window.Begin[axis];

    public long Input { get; } = window.Input[axis];
    public long Output { get; } = window.Output[axis];
    public long Stride { get; } = window.Strides[axis];

    /// <summary>Padding behind the input that completes the last window; 0 where the last elements are in no window.</summary>
    public long PadEnd => Math.Max(0, (Output - 1) * Stride + window.Kernel[axis] - Input - Begin);

    /// <summary>Whether no window reaches beyond the input.</summary>
    public bool IsWithoutPadding => Begin == 0 && PadEnd == 0;

    /// <summary>Whether every window has an element of the input in it.</summary>
    public bool IsInside => Begin < window.Kernel[axis] && (Output - 1) * Stride - Begin < Input;

    /// <summary>Elements of the input in one phase of the stride, rounded up.</summary>
    public long Coarse => (Input + Stride - 1) / Stride;

    /// <summary>Elements beyond the input that the phases make up.</summary>
    public long Surplus => Coarse * Stride - Input;

    /// <summary>Position i of output o is element (o + shift) · stride + phase of the input.</summary>
    public (long Phase, long Shift) Target(long i)
    {
        long offset = i - Begin, phase = (offset % Stride + Stride) % Stride;
        return (phase, (offset - phase) / Stride);
    }

    /// <summary>Whether the outputs are as they stand one phase of the input.</summary>
    public bool IsInPlace(long shift) => shift == 0 && Output == Coarse;

    /// <summary>
    /// The convolution that moves [output] by <paramref name="shift"/> into [coarse]: what leaves it is cut off, what enters is 0.
    /// </summary>
    public WindowShift Shift(long shift)
    {
        long at = Math.Max(0, -shift), kernel = at + 1 + Math.Max(0, Output + shift - Coarse), begin = at + shift;
        return new(kernel, at, begin, Coarse - Output - begin + kernel - 1);
    }

    /// <summary>
    /// The convolution of the window's stride that picks position i out of every window: no more zeros in its kernel than it takes to begin
    /// and to end there.
    /// </summary>
    public WindowShift Pick(long i)
    {
        long at = Math.Max(0, i - Begin), begin = Math.Max(0, Begin - i), reach = (Output - 1) * Stride + at + 1;
        long behind = Math.Max(0, Input + begin - reach - (Stride - 1)); // elements that would make one output more
        return new(at + 1 + behind, at, begin, Math.Max(0, reach + behind - Input - begin));
    }

    /// <summary>For each output, whether position i is an element of the input and not of the padding.</summary>
    public bool[] Inside(long i) =>
        [.. Enumerable.Range(0, (int)Output).Select(o => o * Stride + i - Begin is long element && element >= 0 && element < Input)];
}
