using System.Numerics.Tensors;

namespace Cfgen.Counterfactuals;

/// <summary>Adam, uphill: one state and a gradient in, the next state out.</summary>
/// <remarks>
/// Algorithm 1 of Kingma and Ba (2015) with the sign of the step turned, since the search maximises:
/// m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2, x = x + alpha (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon).
/// </remarks>
public sealed class AdamOptimizer
{
    readonly AdamOptions _options;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public AdamOptimizer(AdamOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    /// <summary>Moves the parameters one step the way the gradient points.</summary>
    /// <param name="state">Where the optimisation stands; not changed.</param>
    /// <param name="gradient">The gradient of the value to be made larger, at the parameters of the state.</param>
    /// <exception cref="ArgumentException">The gradient has another length than the parameters.</exception>
    public AdamState Step(AdamState state, ReadOnlySpan<double> gradient)
    {
        ArgumentNullException.ThrowIfNull(state);
        int length = state.Parameters.Length;
        if (gradient.Length != length)
        {
            throw new ArgumentException($"The gradient has {gradient.Length} entries, but there are {length} parameters.",
                nameof(gradient));
        }

        int t = state.StepsTaken + 1;
        double correction1 = 1 - Math.Pow(_options.Beta1, t);
        double correction2 = 1 - Math.Pow(_options.Beta2, t);
        // |g|^2 / n in place of each g^2: a step of n equal coordinates is the same either way.
        double shared = _options.OneSecondMoment && length > 0 ? TensorPrimitives.SumOfSquares(gradient) / length : 0;
        ReadOnlySpan<double> x = state.Parameters.Span;
        ReadOnlySpan<double> m = state.FirstMoment.Span;
        ReadOnlySpan<double> v = state.SecondMoment.Span;
        (double[] nextX, double[] nextM, double[] nextV) = (new double[length], new double[length], new double[length]);
        for (int i = 0; i < length; i++)
        {
            double g = gradient[i], square = _options.OneSecondMoment ? shared : g * g;
            nextM[i] = _options.Beta1 * m[i] + (1 - _options.Beta1) * g;
            nextV[i] = _options.Beta2 * v[i] + (1 - _options.Beta2) * square;
            nextX[i] = x[i] + _options.LearningRate * (nextM[i] / correction1) / (Math.Sqrt(nextV[i] / correction2) + _options.Epsilon);
        }
        return new(t, nextX, nextM, nextV);
    }
}
