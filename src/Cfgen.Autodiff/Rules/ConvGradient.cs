using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// Y = X * W + b: dX = dY convolved with W, input and output channels swapped and the kernel reversed. With stride 1 and
/// constant weights that is an ordinary convolution, up to twice as fast in ONNX Runtime as ConvTranspose; the reversed
/// weights are stored once. dW: see <see cref="ConvolutionWeights"/>. db = Σ dY over batch and space.
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
        long[] begin = [.. window.Begin.Select((p, a) => window.Reach(a) - p)];
        long[] end = [.. begin.Select((p, a) => window.Input[a] + window.Reach(a) - window.Output[a] - p)];
        bool asConvolution = !FillsNoBlock(n, group) && window.Strides.All(s => s == 1) && begin.Concat(end).All(p => p >= 0);
        return asConvolution && n.Ops.Constant(n.Input(1)) is { } weight && ConstantTransform.CanTransform(weight)
            ? n.Ops.Conv(n.OutputGradient, n.Ops.AddConstant(ConstantTransform.FlipForInputGradient(weight, group)), window.Strides, [.. begin, .. end], window.Dilations, group)
            : window.Transpose(n, n.OutputGradient, n.Input(1), group);
    }
}
