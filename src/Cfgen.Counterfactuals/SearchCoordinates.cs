namespace Cfgen.Counterfactuals;

/// <summary>The numbers that a search moves: u [rows, w_dim] in double precision, one row in W and num_ws in W+.</summary>
/// <remarks>Floats exist only at the objective's door.</remarks>
sealed class SearchCoordinates(LatentDistribution distribution, int numWs, LatentSpace space)
{
    readonly int _wDim = distribution.Dimension;
    readonly int _rows = space is LatentSpace.W ? 1 : numWs;

    /// <summary>Codes that move on their own: 1 in W, num_ws in W+.</summary>
    public int Rows => _rows;

    /// <summary>Numbers of u.</summary>
    public int Length => _rows * _wDim;

    /// <summary>u of the codes [num_ws, w_dim].</summary>
    /// <exception cref="ArgumentException">The length does not fit, a number is not finite, or the rows differ in W.</exception>
    public double[] FromWs(ReadOnlySpan<float> ws)
    {
        if (ws.Length != numWs * _wDim)
        {
            throw new ArgumentException($"The start has {ws.Length} numbers; num_ws {numWs} times w_dim {_wDim} is {numWs * _wDim}.",
                nameof(ws));
        }
        for (int i = 0; i < ws.Length; i++)
        {
            if (float.IsFinite(ws[i])) continue;
            throw new ArgumentException($"Layer {i / _wDim}, entry {i % _wDim} of the start is {ws[i]}, not a finite number.", nameof(ws));
        }
        for (int layer = _rows; layer < numWs; layer++)
        {
            // A mean over the layers would silently start at another image than the one that was given.
            if (!Layer(ws, layer).SequenceEqual(Layer(ws, 0)))
            {
                throw new ArgumentException(
                    $"In W all layers share one code, but layer {layer} of the start differs from layer 0. "
                    + "Search in W+, or start from one code.", nameof(ws));
            }
        }

        double[] u = new double[_rows * _wDim];
        double[] w = new double[_wDim];
        for (int row = 0; row < _rows; row++)
        {
            Widen(Layer(ws, row), w);
            distribution.Whiten(w, Row(u, row));
        }
        return u;
    }

    /// <summary>The codes [num_ws, w_dim] of u; in W the one code for every layer.</summary>
    public float[] ToWs(ReadOnlySpan<double> u)
    {
        float[] ws = new float[numWs * _wDim];
        double[] w = new double[_wDim];
        for (int layer = 0; layer < numWs; layer++)
        {
            if (layer < _rows) distribution.Unwhiten(u.Slice(layer * _wDim, _wDim), w);
            for (int i = 0; i < _wDim; i++) ws[layer * _wDim + i] = (float)w[i];
        }
        return ws;
    }

    /// <summary>d / du from d / dws; in W the sum over the layers, since all of them move together.</summary>
    public double[] PullBack(ReadOnlySpan<float> gradient)
    {
        double[] whitened = new double[_rows * _wDim];
        double[] g = new double[_wDim];
        int layersPerRow = numWs / _rows;
        for (int row = 0; row < _rows; row++)
        {
            Widen(Layer(gradient, row), g);
            for (int layer = row + 1; layer < row + layersPerRow; layer++)
            {
                ReadOnlySpan<float> more = Layer(gradient, layer);
                for (int i = 0; i < _wDim; i++) g[i] += more[i];
            }
            distribution.PullBack(g, Row(whitened, row));
        }
        return whitened;
    }

    /// <summary>|a - b|^2; in W+ its mean over the layers, so that equal codes are as far apart as in W.</summary>
    public double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum / _rows;
    }

    ReadOnlySpan<float> Layer(ReadOnlySpan<float> ws, int layer) => ws.Slice(layer * _wDim, _wDim);

    Span<double> Row(double[] u, int row) => u.AsSpan(row * _wDim, _wDim);

    static void Widen(ReadOnlySpan<float> source, double[] target)
    {
        for (int i = 0; i < target.Length; i++) target[i] = source[i];
    }
}
