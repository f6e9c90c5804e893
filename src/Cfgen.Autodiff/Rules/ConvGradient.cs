using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// Y = X * W + b: dX = dY convolved with W, input and output channels swapped and the kernel reversed. With stride 1 and
/// constant weights that is an ordinary convolution, up to twice as fast in ONNX Runtime as ConvTranspose; the reversed
/// weights are stored once. db = Σ dY over batch and space.
/// </summary>
static class ConvGradient
{
    public static string?[] Rule(GradientContext n)
    {
        if (n.Needs(1)) throw n.Refuse("weights that depend on the input", "constant weights");
        long[] kernel = [.. n.Shape(1).Skip(2).Select(d => d.Fixed)];
        string? db = n.Needs(2) ? n.Ops.ReduceSum(n.OutputGradient, [0, .. Enumerable.Range(2, kernel.Length).Select(a => (long)a)], keepDims: false) : null;
        return [n.Needs(0) ? InputGradient(n, WindowGeometry.Of(n, kernel)) : null, null, db];
    }

    static string InputGradient(GradientContext n, WindowGeometry window)
    {
        long group = n.Int("group", 1);
        long[] begin = [.. window.Begin.Select((p, a) => window.Reach(a) - p)];
        long[] end = [.. begin.Select((p, a) => window.Input[a] + window.Reach(a) - window.Output[a] - p)];
        bool asConvolution = window.Strides.All(s => s == 1) && begin.Concat(end).All(p => p >= 0);
        return asConvolution && n.Ops.Constant(n.Input(1)) is { } weight && ConstantTransform.CanTransform(weight)
            ? n.Ops.Conv(n.OutputGradient, n.Ops.AddConstant(ConstantTransform.FlipForInputGradient(weight, group)), window.Strides, [.. begin, .. end], window.Dilations, group)
            : window.Transpose(n, n.OutputGradient, n.Input(1), group);
    }
}
