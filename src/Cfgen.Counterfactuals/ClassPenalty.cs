using System.Numerics.Tensors;

namespace Cfgen.Counterfactuals;

/// <summary>(u - mean)^T precision (u - mean): how untypical a code is of what the classifier itself calls a class. In W+ its mean over the
/// rows.</summary>
/// <param name="mean">Of the class's codes, [w_dim].</param>
/// <param name="precision">Inverse of the pooled covariance within the classes, symmetric, [w_dim, w_dim] row by row.</param>
sealed class ClassPenalty(double[] mean, double[] precision) : ILatentPenalty
{
    public double Value(ReadOnlySpan<double> u)
    {
        double sum = 0;
        double[] slope = Slope(u); // of a quadratic form about its centre: twice the form, and the mean over the rows is in it
        for (int i = 0; i < u.Length; i++) sum += slope[i] / 2 * (u[i] - mean[i % mean.Length]);
        return sum;
    }

    public double[] Slope(ReadOnlySpan<double> u)
    {
        (int d, int rows) = (mean.Length, u.Length / mean.Length);
        double[] slope = new double[u.Length];
        for (int row = 0; row < rows; row++)
        {
            Span<double> part = slope.AsSpan(row * d, d);
            for (int i = 0; i < d; i++)
                TensorPrimitives.MultiplyAdd(precision.AsSpan(i * d, d), 2.0 / rows * (u[row * d + i] - mean[i]), part, part);
        }
        return slope;
    }
}
