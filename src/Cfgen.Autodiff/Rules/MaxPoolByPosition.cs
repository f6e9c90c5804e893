using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// The gradient of the maximum over a window of pixels, without indices: the maximum over its rows is taken of the maxima over its columns, and along each axis, position by position, dy goes to the first
/// element that equals the maximum. That is the first of the whole window in row major order.
/// </summary>
/// <remarks>
/// ONNX Runtime finds indices, and adds at them, one element at a time (3 and 30 ns each). Here an element is picked out, and put back, by a convolution with a single 1 in its kernel: many times
/// as many operations, but whole vectors at once. The digits' classifier takes half the time with it.
/// </remarks>
static class MaxPoolByPosition
{
    // A position costs about four nodes. Beyond a window of 5 x 5 the scatter is cheaper.
    const long MostPositions = 5;

    /// <summary>dx, or null where the window is not one that this serves: two spatial axes, at most 5 positions along each, a stride no longer than the window, single precision (the runtime convolves no other), and an input without infinities.</summary>
    /// <param name="n">The pooling node.</param>
    /// <param name="dy">Gradient with respect to its output.</param>
    public static string? InputGradient(GradientContext n, string dy)
    {
        long[] kernel = n.Ints("kernel_shape")!;
        if (kernel.Length != 2 || kernel.Max() > MostPositions || n.ElementType(0) != DataType.Float || !n.Shape(0).Skip(1).All(d => d.IsFixed)) return null;
        WindowGeometry window = WindowGeometry.Of(n, kernel);
        if (window.Strides.Zip(kernel).Any(p => p.First > p.Second) || window.Dilations.Any(d => d != 1) || !IsFinite(n, n.Input(0))) return null;
        MaxAlongAxis rows = new(n, window, 0), columns = new(n, window, 1);
        if (!rows.IsInside || !columns.IsInside) return null;

        string rowMaxima = columns.Of(n.Input(0));
        return columns.InputGradient(n.Input(0), rowMaxima, rows.InputGradient(rowMaxima, n.Output, dy, columns.Output, columns), rows.Input);
    }

    // An infinity times one of the kernel's zeros is not a number: it would hide the maximum beside it. Layers and activations make
    // none that was not there; paddings do, and are left to the scatter, like all that is not known.
    static bool IsFinite(GradientContext n, string value) => Ancestry.Settles(n, value, node => node.OpType switch
    {
        "Conv" or "BatchNormalization" or "Relu" or "LeakyRelu" or "Elu" or "Gelu" or "HardSwish" or "Sigmoid" or "Tanh" => [],
        "Add" or "Concat" or "MaxPool" => node.Input,
        _ => null,
    });
}
