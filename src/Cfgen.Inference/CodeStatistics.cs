using System.Numerics;
using System.Runtime.InteropServices;

namespace Cfgen.Inference;

/// <summary>Mean and covariance of latent codes, taken in one at a time and in double precision.</summary>
/// <remarks>
/// B. P. Welford, "Note on a method for calculating corrected sums of squares and products", Technometrics 4 (1962): the mean is moved and the
/// products are of distances from it, so that nothing cancels where the codes lie far from 0.
/// </remarks>
public sealed class CodeStatistics
{
    readonly double[] _mean;    // [d]
    readonly double[] _scatter; // [d, d] row by row, from the diagonal on: the sum of (w - mean)(w - mean)^T
    readonly double[][] _deltas; // [PendingMost][d]: distances that are not in the scatter yet
    int _pending;

    /// <summary>Distances that go into the scatter at once: each of its numbers is then loaded and stored once for four products.</summary>
    const int PendingMost = 4;

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

    /// <summary>Whether there are too few codes to span all dimensions: n codes leave all but n - 1 directions without any spread.</summary>
    public bool IsRankDeficient => Count <= Dimension;

    /// <summary>The mean code, [d].</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>Takes in a code.</summary>
    /// <param name="code">[d], finite.</param>
    /// <exception cref="ArgumentException">Of another length.</exception>
    public void Add(ReadOnlySpan<float> code)
    {
        if (code.Length != Dimension) throw new ArgumentException($"A code of {Dimension} numbers is expected, not one of {code.Length}.", nameof(code));
        Count++;
        double[] delta = _deltas[_pending++];
        // Both distances from the old mean, rather than one from the new, and half of the weight on each: the matrix is then symmetric to the last bit.
        double weight = Math.Sqrt((Count - 1.0) / Count);
        for (int i = 0; i < code.Length; i++)
        {
            double distance = code[i] - _mean[i];
            _mean[i] += distance / Count;
            delta[i] = distance * weight;
        }
        if (_pending == PendingMost) AddPending();
    }

    /// <summary>Adds the products of the distances that wait, one after another in each place, so that it does not matter how many there are.</summary>
    void AddPending()
    {
        for (int k = _pending; k < PendingMost; k++) Array.Clear(_deltas[k]);
        _pending = 0;
        for (int i = 0; i < Dimension; i++) AddRow(_scatter.AsSpan(i * Dimension + i, Dimension - i), _deltas[0].AsSpan(i), _deltas[1].AsSpan(i), _deltas[2].AsSpan(i), _deltas[3].AsSpan(i));
    }

    static void AddRow(Span<double> row, ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, ReadOnlySpan<double> d)
    {
        (double a0, double b0, double c0, double d0) = (a[0], b[0], c[0], d[0]);
        Span<Vector<double>> sums = MemoryMarshal.Cast<double, Vector<double>>(row);
        ReadOnlySpan<Vector<double>> av = MemoryMarshal.Cast<double, Vector<double>>(a), bv = MemoryMarshal.Cast<double, Vector<double>>(b), cv = MemoryMarshal.Cast<double, Vector<double>>(c), dv = MemoryMarshal.Cast<double, Vector<double>>(d);
        (Vector<double> a1, Vector<double> b1, Vector<double> c1, Vector<double> d1) = (new(a0), new(b0), new(c0), new(d0));
        for (int k = 0; k < sums.Length; k++)
            sums[k] = Vector.FusedMultiplyAdd(dv[k], d1, Vector.FusedMultiplyAdd(cv[k], c1, Vector.FusedMultiplyAdd(bv[k], b1, Vector.FusedMultiplyAdd(av[k], a1, sums[k]))));
        for (int k = sums.Length * Vector<double>.Count; k < row.Length; k++)
            row[k] = Math.FusedMultiplyAdd(d[k], d0, Math.FusedMultiplyAdd(c[k], c0, Math.FusedMultiplyAdd(b[k], b0, Math.FusedMultiplyAdd(a[k], a0, row[k]))));
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
            for (int j = i; j < Dimension; j++) covariance[i * Dimension + j] = covariance[j * Dimension + i] = _scatter[i * Dimension + j] / (Count - 1);
        }
        return covariance;
    }
}
