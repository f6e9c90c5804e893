using Cfgen.Autodiff.Rules.Support;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// The gradient of the maximum over a window of pixels, without indices: the maximum over its rows is taken of the maxima over its columns,
/// and along each axis, position by position, dy goes to the first element that equals the maximum. That is the first of the whole window
/// in row major order.
/// </summary>
/// <remarks>
/// ONNX Runtime finds indices, and adds at them, one element at a time (3 and 30 ns each). Here an element is picked out, and put back, by
/// a convolution with a single 1 in its kernel: many times as many operations, but whole vectors at once. The digits' classifier takes half
/// the time with it.
/// </remarks>
sealed class MaxPoolByPosition(DifferentiatedGraph graph) : CpuForm(graph)
{
    // A position costs about four nodes. Beyond a window of 5 x 5 the scatter is cheaper.
    const long MostPositions = 5;

    /// <inheritdoc/>
    public override string? OfInput(GradientContext n, int i, Func<GradientContext, string?> next) =>
        n.Node.OpType == "MaxPool" ? InputGradient(n) : null;

    // Serves two spatial axes, at most 5 positions along each, a stride no longer than the window, single precision (the runtime convolves
    // no other), and an input without infinities.
    static string? InputGradient(GradientContext n)
    {
        long[] kernel = n.Ints("kernel_shape")!;
        if (kernel.Length != 2 || kernel.Max() > MostPositions || n.ElementType(0) != DataType.Float
            || !n.Shape(0).Skip(1).All(d => d.IsFixed)) return null;
        WindowGeometry window = WindowGeometry.Of(n, kernel);
        if (window.Strides.Zip(kernel).Any(p => p.First > p.Second) || window.Dilations.Any(d => d != 1)
            || !IsFinite(n.Index, n.Input(0))) return null;
        MaxAlongAxis rows = new(n, window, 0), columns = new(n, window, 1);
        if (!rows.IsInside || !columns.IsInside) return null;

        string rowMaxima = columns.Of(n.Input(0));
        string dRowMaxima = rows.InputGradient(rowMaxima, n.Output, n.OutputGradient, columns.Output, columns);
        return columns.InputGradient(n.Input(0), rowMaxima, dRowMaxima, rows.Input);
    }

    // An infinity times one of the kernel's zeros is not a number: it would hide the maximum beside it. Layers and activations make
    // none that was not there; paddings do, and are left to the scatter, like all that is not known.
    static bool IsFinite(GraphIndex index, string value) => Ancestry.Settles(index, value, node => node.OpType switch
    {
        "Conv" or "BatchNormalization" or "Relu" or "LeakyRelu" or "Elu" or "Gelu" or "HardSwish" or "Sigmoid" or "Tanh" => [],
        "Add" or "Concat" or "MaxPool" => node.Input,
        _ => null,
    });
}
