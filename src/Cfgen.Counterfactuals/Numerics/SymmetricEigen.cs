using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace Cfgen.Counterfactuals.Numerics;

/// <summary>A = V diag(values) V^T of a symmetric matrix.</summary>
/// <remarks>The error of an eigenvalue is a few units in the last place of the largest one, not of itself.</remarks>
/// <param name="Values">The eigenvalues, [n], the smallest first.</param>
/// <param name="Vectors">The eigenvectors, [n, n]: row k belongs to value k.</param>
sealed record SymmetricEigen(double[] Values, double[] Vectors)
{
    /// <summary>Decomposes a symmetric matrix [n, n] of finite numbers.</summary>
    public static SymmetricEigen Of(ReadOnlySpan<double> matrix, int n)
    {
        double scale = Math.Abs(TensorPrimitives.MaxMagnitude(matrix));
        double[] scaled = matrix.ToArray();
        if (scale > 0) TensorPrimitives.Divide(scaled, scale, scaled); // entries of at most 1: no square overflows
        Complex[] values = new Complex[n];
        double[] vectors = new double[n * n]; // column by column, as the library has matrices: each column is one of our rows
        // Named, not the default one: that looks for native libraries, whose last bits depend on the machine and the number of threads.
        ManagedLinearAlgebraProvider.Instance.EigenDecomp(isSymmetric: true, n, scaled, vectors, values, new double[n * n]);
        return new(Array.ConvertAll(values, value => value.Real * scale), vectors);
    }
}
