using System.Numerics.Tensors;

namespace Cfgen.Inference.Codes;

/// <summary>Mean and covariance of latent codes, taken in one at a time and in double precision.</summary>
/// <remarks>
/// B. P. Welford, "Note on a method for calculating corrected sums of squares and products", Technometrics 4 (1962): the mean is moved and
/// the products are of distances from it, so that nothing cancels where the codes lie far from 0.
/// </remarks>
public sealed class CodeStatistics
{
    readonly double[] _mean;    // [d]
    readonly double[] _scatter; // [d, d] row by row, from the diagonal on: the sum of (w - mean)(w - mean)^T
    readonly double[][] _deltas; // [PendingMost][d]: distances that are not in the scatter yet
    int _pending;

    /// <summary>Distances that go into the scatter at once: a row of it stays in the fastest cache for so many products.</summary>
    const int PendingMost = 16;

    /// <summary>Nothing taken in yet.</summary>
    /// <param name="dimension">w_dim, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is below 1.</exception>
    public CodeStatistics(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        (_mean, _scatter) = (new double[dimension], new double[dimension * dimension]);
        _deltas = [.. Enumerable.Range(0, PendingMost).Select(_ => new double[dimension])];
    }

    /// <summary>w_dim, the length d of one code.</summary>
    public int Dimension => _mean.Length;

    /// <summary>Codes taken in.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there are too few codes to span all dimensions: n codes leave all but n - 1 directions without any
    /// spread.</summary>
    public bool IsRankDeficient => Count <= Dimension;

    /// <summary>The mean code, [d].</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>Takes in a code.</summary>
    /// <param name="code">[d], finite.</param>
    /// <exception cref="ArgumentException">Of another length.</exception>
    public void Add(ReadOnlySpan<float> code)
    {
        if (code.Length != Dimension) throw new ArgumentException($"A code of {Dimension} numbers is expected, not one of {code.Length}.",
            nameof(code));
        Count++;
        double[] delta = _deltas[_pending++];
        // Both distances from the old mean, rather than one from the new, and half of the weight on each: the matrix is then symmetric to
        // the last bit.
        double weight = Math.Sqrt((Count - 1.0) / Count);
        for (int i = 0; i < code.Length; i++)
        {
            double distance = code[i] - _mean[i];
            _mean[i] += distance / Count;
            delta[i] = distance * weight;
        }
        if (_pending == PendingMost) AddPending();
    }

    /// <summary>Adds the products of the distances that wait, one after another in each place, so that it does not matter how many there
    /// are.</summary>
    void AddPending()
    {
        for (int i = 0; i < Dimension; i++)
        {
            Span<double> row = _scatter.AsSpan(i * Dimension + i, Dimension - i);
            foreach (double[] delta in _deltas.AsSpan(0, _pending)) TensorPrimitives.FusedMultiplyAdd(delta.AsSpan(i), delta[i], row, row);
        }
        _pending = 0;
    }

    /// <summary>The covariance [d, d], row by row, of the sample: divided by one less than the codes.</summary>
    /// <exception cref="InvalidOperationException">Fewer than two codes have no spread.</exception>
    public double[] Covariance()
    {
        if (Count < 2) throw new InvalidOperationException($"A covariance needs two codes or more, not {Count}.");
        AddPending();
        double[] covariance = new double[Dimension * Dimension];
        for (int i = 0; i < Dimension; i++)
        {
            for (int j = i; j < Dimension; j++) covariance[i * Dimension + j] = covariance[j * Dimension + i] = _scatter[i * Dimension
                + j] / (Count - 1);
        }
        return covariance;
    }
}
