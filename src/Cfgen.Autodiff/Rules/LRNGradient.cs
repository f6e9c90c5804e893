namespace Cfgen.Autodiff.Rules;

/// <summary>
/// y = x s^-beta with s = bias + alpha/size Σ x² over neighbouring channels:
/// dx = dy s^-beta - 2 alpha beta / size x Σ' dy y / s, the second sum over the channels whose window holds this one.
/// </summary>
static class LRNGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string x = n.Input(0);
        double alpha = n.Float("alpha", absent: 1e-4f), beta = n.Float("beta", absent: 0.75f), bias = n.Float("bias", absent: 1);
        long size = n.Int("size", 1), channels = n.FixedLength(0, 1);
        string s = n.Ops.Add(
            n.Ops.Mul(Windows(n, n.Ops.Mul(x, x), size, channels, transposed: false), n.Ops.Scalar(alpha / size)), n.Ops.Scalar(bias));
        string direct = n.Ops.Mul(n.OutputGradient, n.Ops.Pow(s, n.Ops.Scalar(-beta)));
        string through = Windows(n, n.Ops.Div(n.Ops.Mul(n.OutputGradient, n.Output), s), size, channels, transposed: true);
        return [n.Ops.Sub(direct, n.Ops.Mul(n.Ops.Mul(x, n.Ops.Scalar(2 * alpha * beta / size)), through))];
    }

    /// <summary>Sums over windows of channels, as a product with a banded matrix: channel c sees c - (size-1)/2 to c + size/2.</summary>
    static string Windows(GradientContext n, string value, long size, long channels, bool transposed)
    {
        double[] band = new double[channels * channels];
        for (long c = 0; c < channels; c++)
        {
            for (long k = Math.Max(0, c - (size - 1) / 2); k <= Math.Min(channels - 1, c + size / 2); k++)
                band[transposed ? k * channels + c : c * channels + k] = 1;
        }
        string flat = n.Ops.Reshape(value, n.Ops.Longs(0, channels, -1)); // [N, C, rest]
        return n.ReshapeLike(n.Ops.MatMul(n.Ops.Real(band, channels, channels), flat), 0);
    }
}
