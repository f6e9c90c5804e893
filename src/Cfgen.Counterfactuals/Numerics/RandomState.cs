namespace Cfgen.Counterfactuals.Numerics;

/// <summary>
/// Random numbers in the order in which NumPy's <c>RandomState(seed)</c> gives them, by which people name the images of StyleGAN:
/// <em>seed 42</em> is the same image everywhere. All that is drawn is drawn from here: NumPy promises never to change this stream, .NET
/// does not promise that of a seeded <c>Random</c>.
/// </summary>
/// <remarks>
/// The polar method of G. Marsaglia and T. A. Bray, "A convenient method for generating normal variables", SIAM Review 6 (1964), on the
/// numbers of MT19937. The logarithm of the two systems may differ in the last of 53 bits, which is gone in single precision.
/// </remarks>
public sealed class RandomState(uint seed)
{
    readonly MersenneTwister _uniform = new(seed);
    double? _second;

    /// <summary>The code z of a seed: the first numbers of <c>RandomState(seed).randn(1, length)</c>, in single precision.</summary>
    /// <param name="seed">Any.</param>
    /// <param name="length">z_dim, at least 0.</param>
    public static float[] Z(uint seed, int length)
    {
        float[] z = new float[length];
        new RandomState(seed).Fill(z);
        return z;
    }

    /// <summary>The next number of the uniform distribution, in [0, 1).</summary>
    public double NextUniform() => _uniform.NextDouble();

    /// <summary>The next number of mean 0 and variance 1.</summary>
    public double NextNormal()
    {
        if (_second is { } kept)
        {
            _second = null;
            return kept;
        }
        double x, y, square;
        do
        {
            x = 2 * _uniform.NextDouble() - 1;
            y = 2 * _uniform.NextDouble() - 1;
            square = x * x + y * y;
        }
        while (square is >= 1 or 0);
        double scale = Math.Sqrt(-2 * Math.Log(square) / square);
        // The later of the two is handed out first.
        _second = scale * x;
        return scale * y;
    }

    /// <summary>The next numbers of mean 0 and variance 1.</summary>
    public double[] Normal(int length)
    {
        double[] numbers = new double[length];
        for (int i = 0; i < length; i++) numbers[i] = NextNormal();
        return numbers;
    }

    /// <summary>Fills with the next numbers of mean 0 and variance 1, rounded to single precision.</summary>
    public void Fill(Span<float> numbers)
    {
        for (int i = 0; i < numbers.Length; i++) numbers[i] = (float)NextNormal();
    }
}
