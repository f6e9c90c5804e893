using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// The gradient of the maximum over a small window, without indices: position by position of the window, dy goes to the first element that equals the maximum.
/// </summary>
/// <remarks>
/// ONNX Runtime finds indices, and adds at them, one element at a time (3 and 30 ns each). Here an element is picked out, and put back, by a convolution with a single 1 in its kernel: twenty times as
/// many operations, but whole vectors at once. The digits' classifier takes half the time with it.
/// </remarks>
static class MaxPoolByPosition
{
    // A position costs about eight nodes. Beyond a window of 3 x 3 the scatter is cheaper.
    const long MostPositions = 9;

    /// <summary>dx, or null where the window is not one that this serves: two spatial axes, at most 9 positions, a stride no longer than the window, single precision (the runtime convolves no other), and an input without infinities.</summary>
    public static string? InputGradient(GradientContext n)
    {
        long[] kernel = n.Ints("kernel_shape")!;
        if (kernel is not [long height, long width] || height * width > MostPositions || n.ElementType(0) != DataType.Float || !n.Shape(0).Skip(1).All(d => d.IsFixed)) return null;
        WindowGeometry window = WindowGeometry.Of(n, kernel);
        if (window.Strides.Zip(kernel).Any(p => p.First > p.Second) || window.Dilations.Any(d => d != 1) || !IsFinite(n, n.Input(0))) return null;

        long channels = n.FixedLength(0, 1);
        WindowAxis rows = new(window, 0), columns = new(window, 1);
        string rest = n.OutputGradient; // what no position has taken so far
        Dictionary<(long Row, long Column), string> phases = [];
        for (long i = 0; i < height; i++)
        {
            for (long j = 0; j < width; j++)
            {
                string taken = rest;
                if ((i, j) != (height - 1, width - 1)) // the last position takes what is left
                {
                    taken = n.Ops.Mul(rest, IsLargest(n, window, rows, columns, channels, i, j));
                    rest = n.Ops.Sub(rest, taken);
                }
                ((long row, long down), (long column, long right)) = (rows.Target(i), columns.Target(j));
                string moved = Move(n, taken, channels, rows, down, columns, right);
                phases[(row, column)] = phases.TryGetValue((row, column), out string? others) ? n.Ops.Add(others, moved) : moved;
            }
        }
        string dx = Interleave(n, phases, channels, rows, columns);
        return rows.IsWhole && columns.IsWhole ? dx : n.Ops.Slice(dx, [0, 0], [rows.Input, columns.Input], [2, 3]);
    }

    // An infinity times one of the kernel's zeros is not a number: it would hide the maximum beside it. Layers and activations make
    // none that was not there; paddings do, and are left to the scatter, like all that is not known.
    static bool IsFinite(GradientContext n, string value) => n.Producer(value) switch
    {
        { OpType: "Conv" or "BatchNormalization" or "Relu" or "LeakyRelu" or "Elu" or "Gelu" or "HardSwish" or "Sigmoid" or "Tanh" } => true,
        { OpType: "Add" or "Concat" or "MaxPool" } node => node.Input.All(input => IsFinite(n, input)),
        _ => false,
    };

    /// <summary>1 where position (i, j) of the window holds the maximum, else 0.</summary>
    static string IsLargest(GradientContext n, WindowGeometry window, WindowAxis rows, WindowAxis columns, long channels, long i, long j)
    {
        string element = n.Ops.Conv(n.Input(0), SingleOne(n, channels, window.Kernel, i, j), window.Strides, [.. window.Begin, rows.PadEnd, columns.PadEnd], window.Dilations, channels);
        string largest = n.Ops.Cast(n.Ops.Equal(element, n.Output), n.Ops.RealType);
        bool[] rowInside = rows.Inside(i), columnInside = columns.Inside(j);
        if (rowInside.All(r => r) && columnInside.All(c => c)) return largest;
        // The padding's zeros are not elements, even where the maximum is 0.
        double[] inside = [.. from r in rowInside from c in columnInside select r && c ? 1.0 : 0.0];
        return n.Ops.Mul(largest, n.Ops.Real(inside, 1, 1, rows.Output, columns.Output));
    }

    /// <summary>Moves what a position has taken to the elements of the input that it was taken from, of one phase of the stride.</summary>
    static string Move(GradientContext n, string taken, long channels, WindowAxis rows, long down, WindowAxis columns, long right)
    {
        if (rows.IsInPlace(down) && columns.IsInPlace(right)) return taken;
        (WindowShift vertical, WindowShift horizontal) = (rows.Shift(down), columns.Shift(right));
        string kernel = SingleOne(n, channels, [vertical.Kernel, horizontal.Kernel], vertical.At, horizontal.At);
        return n.Ops.Conv(taken, kernel, [1, 1], [vertical.PadBegin, horizontal.PadBegin, vertical.PadEnd, horizontal.PadEnd], [1, 1], channels);
    }

    static string SingleOne(GradientContext n, long channels, long[] kernel, long i, long j)
    {
        double[] weights = new double[channels * kernel[0] * kernel[1]];
        for (long c = 0; c < channels; c++) weights[(c * kernel[0] + i) * kernel[1] + j] = 1;
        return n.Ops.Real(weights, channels, 1, kernel[0], kernel[1]);
    }

    /// <summary>Puts the phases of the stride side by side. Two concatenations take two thirds of the time of DepthToSpace.</summary>
    static string Interleave(GradientContext n, Dictionary<(long Row, long Column), string> phases, long channels, WindowAxis rows, WindowAxis columns)
    {
        if (phases.Count == 1) return phases[(0, 0)];
        string column = n.Ops.Longs(-1, channels, rows.Coarse, columns.Coarse, 1), row = n.Ops.Longs(-1, channels, rows.Coarse, 1, columns.Coarse * columns.Stride);
        List<string> lines = [];
        for (long i = 0; i < rows.Stride; i++)
        {
            List<string> parts = [];
            for (long j = 0; j < columns.Stride; j++) parts.Add(n.Ops.Reshape(phases[(i, j)], column));
            lines.Add(n.Ops.Reshape(n.Ops.Concat(parts, axis: 4), row));
        }
        return n.Ops.Reshape(n.Ops.Concat(lines, axis: 3), n.Ops.Longs(-1, channels, rows.Coarse * rows.Stride, columns.Coarse * columns.Stride));
    }
}
