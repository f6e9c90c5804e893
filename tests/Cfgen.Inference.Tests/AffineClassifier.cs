namespace Cfgen.Inference.Tests;

/// <summary>
/// The generator and classifier of <see cref="TinyModels"/> one behind the other, in double precision: logits = J ws + c.
/// </summary>
sealed class AffineClassifier
{
    const int Codes = TinyModels.NumWs * TinyModels.WDim, Pixels = TinyModels.Height * TinyModels.Width;

    readonly int _classes;
    readonly double[] _jacobian; // [codes, classes]
    readonly double[] _constant; // [classes]

    AffineClassifier(int classes, double[] jacobian, double[] constant) => (_classes, _jacobian, _constant) = (classes, jacobian, constant);

    /// <summary>For a classifier of so many outputs.</summary>
    public static AffineClassifier Of(int classes)
    {
        double[] g = TinyModels.Weights(TinyModels.GeneratorSeed, Codes * Pixels),
            g0 = TinyModels.Weights(TinyModels.GeneratorSeed + 1, Pixels);
        double[] a = TinyModels.Weights(TinyModels.ClassifierSeed, Pixels * classes),
            a0 = TinyModels.Weights(TinyModels.ClassifierSeed + 1, classes);
        double[] jacobian = new double[Codes * classes], constant = [.. a0];
        for (int k = 0; k < classes; k++)
        {
            for (int p = 0; p < Pixels; p++)
            {
                constant[k] += g0[p] * a[p * classes + k];
                for (int i = 0; i < Codes; i++) jacobian[i * classes + k] += g[i * Pixels + p] * a[p * classes + k];
            }
        }
        return new(classes, jacobian, constant);
    }

    public double[] Logits(float[] ws) => [.. Enumerable.Range(0, _classes)
        .Select(k => _constant[k] + Enumerable.Range(0, Codes).Sum(i => ws[i] * _jacobian[i * _classes + k]))];

    public double[] Probabilities(float[] ws)
    {
        double[] logits = Logits(ws);
        double largest = logits.Max(), sum = logits.Sum(l => Math.Exp(l - largest));
        return [.. logits.Select(l => Math.Exp(l - largest) / sum)];
    }

    /// <summary>d logit_k / d ws.</summary>
    public double[] Jacobian(int k) => [.. Enumerable.Range(0, Codes).Select(i => _jacobian[i * _classes + k])];

    /// <summary>d / d ws of the sum of weight_k logit_k.</summary>
    public double[] Combine(double[] weights) =>
        [.. Enumerable.Range(0, Codes).Select(i => Enumerable.Range(0, _classes).Sum(k => weights[k] * _jacobian[i * _classes + k]))];

    /// <summary>d log p_t / d logit_k = [k = t] - p_k.</summary>
    public double[] LogProbabilityGradient(float[] ws, int target) =>
        Combine([.. Probabilities(ws).Select((p, k) => (k == target ? 1 : 0) - p)]);
}
