using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Cpu;

/// <summary>The maximum over a window along one spatial axis of pictures [N, C, height, width], and its gradient.</summary>
sealed class MaxAlongAxis
{
    readonly GradientContext _n;
    readonly WindowAxis _window;
    readonly int _axis;
    readonly long _channels, _kernel;
    readonly IMaximumArithmetic _arithmetic;

    /// <param name="n">The pooling node.</param>
    /// <param name="window">Its window, without dilation.</param>
    /// <param name="axis">0 along columns of pixels, height; 1 along rows, width.</param>
    public MaxAlongAxis(GradientContext n, WindowGeometry window, int axis)
    {
        (_n, _axis, _window, _channels, _kernel) = (n, axis, new(window, axis), n.FixedLength(0, 1), window.Kernel[axis]);
        // Behind a Relu an element of the padding can only equal the maximum where that is 0. What it takes there is lost, and would be at
        // the Relu, whose slope is 0 there.
        bool zerosMayCount = _window.IsWithoutPadding || Ancestry.IsRectified(n.Index, n.Input(0));
        _arithmetic = zerosMayCount && BlockedLayout.Holds(n, n.Input(0))
            ? new BlockedMaximum(n.Ops, _channels)
            : new PlainMaximum(n.Ops, i => Inside(i));
    }

    /// <summary>Length of the axis before.</summary>
    public long Input => _window.Input;

    /// <summary>Length of the axis after.</summary>
    public long Output => _window.Output;

    /// <summary>Whether every window has an element of the input in it: the maximum of none is an infinity.</summary>
    public bool IsInside => _window.IsInside;

    /// <summary>The maxima of x.</summary>
    public string Of(string x) =>
        _kernel == 1
            ? x
            : _n.Ops.MaxPool(x, Along(_kernel, 1), Along(_window.Stride, 1), [.. Along(_window.Begin, 0), .. Along(_window.PadEnd, 0)]);

    /// <summary>The gradient with respect to x where y is the maximum of it.</summary>
    /// <param name="x">[N, C, height, width].</param>
    /// <param name="y">Maxima of x along the axis.</param>
    /// <param name="dy">Gradient with respect to y.</param>
    /// <param name="across">Length of the other axis.</param>
    /// <param name="next">The axis of whose maxima x is; null where x is no maximum.</param>
    public string InputGradient(string x, string y, string dy, long across, MaxAlongAxis? next = null)
    {
        if (_kernel == 1) return dy;
        string rest = dy; // what no position has taken so far
        SortedDictionary<long, string> phases = [];
        for (long i = 0; i < _kernel; i++)
        {
            string taken = rest;
            if (i < _kernel - 1) // the last position takes what is left
            {
                string element = Convolve(x, _window.Pick(i), Along(_window.Stride, 1));
                taken = _n.Ops.Mul(rest, _arithmetic.IsLargest(element, y, i));
                rest = _arithmetic.Subtract(rest, taken);
            }
            (long phase, long shift) = _window.Target(i);
            string moved = Move(taken, shift);
            phases[phase] = phases.TryGetValue(phase, out string? others) ? _n.Ops.Add(others, moved) : moved;
        }
        return Interleave(phases, across, next is { _kernel: > 1, _arithmetic: BlockedMaximum });
    }

    /// <summary>Moves what a position has taken to the elements of the input that it was taken from, of one phase of the stride.</summary>
    string Move(string taken, long by) => _window.IsInPlace(by) ? taken : Convolve(taken, _window.Shift(by), [1, 1]);

    string Convolve(string x, WindowShift shift, long[] strides) =>
        _n.Ops.Conv(
            x, SingleOne(shift.Kernel, shift.At), strides, [.. Along(shift.PadBegin, 0), .. Along(shift.PadEnd, 0)], [1, 1], _channels);

    /// <summary>Puts the phases of the stride side by side. A concatenation takes two thirds of the time of DepthToSpace.</summary>
    string Interleave(SortedDictionary<long, string> phases, long across, bool isBlocked)
    {
        if (_window.Stride == 1) return phases[0];
        long[] one = Shape(_window.Coarse, 1);
        string whole = _n.Ops.Concat([.. phases.Values.Select(p => _n.Ops.Reshape(p, _n.Ops.Longs(one)))], axis: 3 + _axis);
        long length = _window.Coarse * _window.Stride;
        whole = _n.Ops.Reshape(whole, _axis == 0 ? _n.Ops.Longs(0, _channels, length, across) : _n.Ops.Longs(0, _channels, across, length));
        // What goes on in the blocked layout enters it once, not for every product and difference: a convolution that picks each element
        // out can leave the surplus behind as well.
        if (isBlocked) return _n.Ops.Conv(whole, SingleOne(_window.Surplus + 1, 0), [1, 1], [0, 0, 0, 0], [1, 1], _channels);
        return _window.Surplus == 0 ? whole : _n.Ops.Slice(whole, [0], [_window.Input], [2 + _axis]);

        long[] Shape(long coarse, long stride) =>
        _axis == 0 ? [0, _channels, coarse, stride, across] : [0, _channels, across, coarse, stride];
    }

    /// <summary>
    /// For position i, 1 where it is an element of the input and 0 where it is padding, in the shape of the output; null where it is always
    /// one.
    /// </summary>
    string? Inside(long i)
    {
        bool[] inside = _window.Inside(i);
        return inside.All(b => b) ? null : _n.Ops.Real([.. inside.Select(b => b ? 1.0 : 0.0)], [1, 1, .. Along(_window.Output, 1)]);
    }

    string SingleOne(long kernel, long at)
    {
        double[] weights = new double[_channels * kernel];
        for (long c = 0; c < _channels; c++) weights[c * kernel + at] = 1;
        return _n.Ops.Real(weights, [_channels, 1, .. Along(kernel, 1)]);
    }

    long[] Along(long length, long across) => _axis == 0 ? [length, across] : [across, length];
}
