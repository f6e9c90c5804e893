using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// Y = X * W + b: dX = dY convolved with W, input and output channels swapped and the kernel reversed. With stride 1 and
/// constant weights that is an ordinary convolution, up to twice as fast in ONNX Runtime as ConvTranspose; the reversed
/// weights are stored once; a larger stride is one of 1 over dY with zeros between its elements, see <see cref="SpreadOut"/>. dW: see <see cref="ConvolutionWeights"/>. db = Σ dY over batch and space.
/// </summary>
static class ConvGradient
{
    public static string?[] Rule(GradientContext n)
    {
        long[] kernel = [.. n.Shape(1).Skip(2).Select(d => d.Fixed)];
        WindowGeometry window = WindowGeometry.Of(n, kernel);
        long group = n.Int("group", 1);
        string? db = n.Needs(2) ? n.Ops.ReduceSum(n.OutputGradient, [0, .. Enumerable.Range(2, kernel.Length).Select(a => (long)a)], keepDims: false) : null;
        string? dw = n.Needs(1) ? ConvolutionWeights.Gradient(n, n.Input(0), n.OutputGradient, window, group, n.FixedLength(1, 1), n.FixedLength(1, 0) / group) : null;
        return [n.Needs(0) ? InputGradient(n, window, group) : null, dw, db];
    }

    // The runtime's convolution computes channels in blocks of 8 or 16: for a picture's one or three channels, and where neither side fills a block, the transposed one is faster.
    const long FewChannels = 4;

    static bool FillsNoBlock(GradientContext n, long group) =>
        group == 1 && (n.FixedLength(0, 1) <= FewChannels || Math.Max(n.FixedLength(1, 0), n.FixedLength(1, 1)) < BlockedLayout.Block);

    static string InputGradient(GradientContext n, WindowGeometry window, long group)
    {
        if (n.Ops.Constant(n.Input(1)) is not { } weight || !ConstantTransform.CanTransform(weight) || FillsNoBlock(n, group)) return Transposed();
        long[] begin = [.. window.Begin.Select((p, a) => window.Reach(a) - p)];
        long[] end = [.. begin.Select((p, a) => window.Input[a] + window.Reach(a) - window.Strides[a] * window.Output[a] - p)];
        if (begin.Concat(end).Any(p => p < 0)) return Transposed();
        if (window.Strides.All(s => s == 1)) return Convolved(n.OutputGradient);
        return SpreadOut.Serves(n, window, group) ? Convolved(SpreadOut.Of(n.Ops, n.OutputGradient, window)) : Transposed();

        string Transposed() => Interleaved.Transpose(n, window, n.OutputGradient, n.Input(1), group) ?? window.Transpose(n, n.OutputGradient, n.Input(1), group);

        string Convolved(string dy) =>
            n.Ops.Conv(dy, n.Ops.AddConstant(ConstantTransform.FlipForInputGradient(weight, group)), [.. window.Strides.Select(_ => 1L)], [.. begin, .. end], window.Dilations, group);
    }
}
