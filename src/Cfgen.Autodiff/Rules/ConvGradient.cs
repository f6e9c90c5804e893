using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// Y = X * W + b: dX = the transposed convolution of dY with W, dW = a convolution of X with dY (<see cref="ConvolutionWeights"/>), db
/// = Σ dY over batch and space.
/// </summary>
static class ConvGradient
{
    public static string?[] Rule(GradientContext n)
    {
        WindowGeometry window = Window(n);
        long group = n.Int("group", 1);
        long[] batchAndSpace = [0, .. Enumerable.Range(2, window.Kernel.Length).Select(a => (long)a)];
        string dy = n.OutputGradient;
        return
        [
            n.Needs(0) ? window.Transpose(n, dy, n.Input(1), group) : null,
            n.Needs(1) ? WeightGradient(n, window, group) : null,
            n.Needs(2) ? n.Ops.ReduceSum(dy, batchAndSpace, keepDims: false) : null,
        ];
    }

    static string WeightGradient(GradientContext n, WindowGeometry window, long group) =>
        ConvolutionWeights.Gradient(n, n.Input(0), n.OutputGradient, window, group, n.FixedLength(1, 1), n.FixedLength(1, 0) / group);

    /// <summary>How the kernel moves over X.</summary>
    public static WindowGeometry Window(GradientContext n) => WindowGeometry.Of(n, [.. n.Shape(1).Skip(2).Select(d => d.Fixed)]);
}
