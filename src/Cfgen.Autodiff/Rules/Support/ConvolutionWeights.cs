namespace Cfgen.Autodiff.Rules.Support;

/// <summary>The gradient with respect to the weights of a convolution or a transposed one, as a convolution itself.</summary>
/// <remarks>
/// dW[m, c, k] = Σ over batch and places of small[m, o] large[c, stride o + dilation k - pad]: a convolution of large with small, in
/// which batch and channels change places and stride and dilation too.
/// </remarks>
static class ConvolutionWeights
{
    /// <param name="n">The node.</param>
    /// <param name="large">The tensor on the side of the longer axes, [N, group * c, ...]: x of a Conv, dy of a ConvTranspose.</param>
    /// <param name="small">The other, [N, group * m, ...].</param>
    /// <param name="window">Geometry, with <c>Input</c> the lengths of large and <c>Output</c> those of small.</param>
    /// <param name="group">Number of groups.</param>
    /// <param name="c">Channels of large in a group.</param>
    /// <param name="m">Channels of small in a group.</param>
    /// <returns>[group * m, c, kernel...].</returns>
    public static string Gradient(GradientContext n, string large, string small, WindowGeometry window, long group, long c, long m)
    {
        if (IsProduct(window)) return Product(n, large, small, window, group, c, m);
        long[] space = [.. Enumerable.Range(3, window.Kernel.Length).Select(a => (long)a)];
        // [N, group, c, ...] to [c, group, N, ...] to [c, group * N, ...]
        string image = n.Ops.Transpose(n.Ops.Reshape(large, n.Ops.Longs([-1, group, c, .. window.Input])), [2, 1, 0, .. space]);
        image = n.Ops.Reshape(image, n.Ops.Longs([c, -1, .. window.Input]));
        // [N, group, m, ...] to [group, m, N, ...] to [group * m, N, ...]
        string kernel = n.Ops.Transpose(n.Ops.Reshape(small, n.Ops.Longs([-1, group, m, .. window.Output])), [1, 2, 0, .. space]);
        kernel = n.Ops.Reshape(kernel, n.Ops.Longs([group * m, -1, .. window.Output]));

        // [c, group * m, kernel or longer...]
        string product = n.Ops.Conv(image, kernel, window.Dilations, [.. window.Begin, .. window.End], window.Strides, group);
        if (Enumerable.Range(0, window.Kernel.Length).Any(a => Places(window, a) > window.Kernel[a])) // places that no window reached
            product = n.Ops.Slice(product, new long[window.Kernel.Length], window.Kernel, [.. space.Select(a => a - 1)]);
        return n.Ops.Transpose(product, [1, 0, .. space.Select(a => a - 1)]);
    }

    /// <summary>Whether every place is convolved with itself alone, as a kernel of one element does.</summary>
    static bool IsProduct(WindowGeometry window) =>
        window.Kernel.All(k => k == 1) && window.Strides.All(s => s == 1) && window.Begin.Concat(window.End).All(p => p == 0);

    /// <summary>A matrix product then: the runtime's convolution with a kernel as large as the picture takes five times as long.</summary>
    static string Product(GradientContext n, string large, string small, WindowGeometry window, long group, long c, long m)
    {
        long places = window.Input.Aggregate(1L, (a, b) => a * b);
        string product = n.Ops.MatMul(Places(small, m), n.Ops.Transpose(Places(large, c), [0, 1, 3, 2])); // [N, group, m, c]
        bool isOneRow = n.Shape(0)[0] is { IsFixed: true, Fixed: 1 }; // where the batch stands in the groups
        return n.Ops.Reshape(
            isOneRow ? product : n.Ops.ReduceSum(product, [0], keepDims: false), n.Ops.Longs([group * m, c, .. window.Kernel]));

        string Places(string x, long channels) => n.Ops.Reshape(x, n.Ops.Longs([-1, group, channels, places]));
    }

    /// <summary>
    /// Length of the product along an axis: as many windows of small, spread by the stride, as fit into large, a dilation apart.
    /// </summary>
    static long Places(WindowGeometry window, int axis) =>
        (window.Input[axis] + window.Begin[axis] + window.End[axis] - window.Strides[axis] * (window.Output[axis] - 1)
            - 1) / window.Dilations[axis] + 1;
}
