namespace Cfgen.Counterfactuals;

/// <summary>|u - origin|^2: the squared Mahalanobis length where the origin is the mean of all codes. In W+ its mean over the
/// rows.</summary>
/// <param name="origin">[rows, w_dim].</param>
/// <param name="rows">1 in W, num_ws in W+.</param>
sealed class PlainPenalty(double[] origin, int rows) : ILatentPenalty
{
    public double Value(ReadOnlySpan<double> u)
    {
        double sum = 0;
        for (int i = 0; i < u.Length; i++) sum += (u[i] - origin[i]) * (u[i] - origin[i]);
        return sum / rows;
    }

    public double[] Slope(ReadOnlySpan<double> u)
    {
        double[] slope = new double[u.Length];
        for (int i = 0; i < slope.Length; i++) slope[i] = 2.0 / rows * (u[i] - origin[i]);
        return slope;
    }
}
