namespace Cfgen.Inference.Gradients;

/// <summary>Numbers drawn from the standard normal distribution.</summary>
static class Gaussian
{
    /// <summary>As many independent numbers, by the transform of Box and Muller (1958).</summary>
    public static double[] Vector(Random random, int length)
    {
        double[] values = new double[length];
        // 1 - u lies in (0, 1]: its logarithm is finite.
        for (int i = 0; i < length; i++) values[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return values;
    }
}
