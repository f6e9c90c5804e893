namespace Cfgen.Counterfactuals.Tests;

/// <summary>An objective given as a function of the codes in double precision; counts how often it was asked.</summary>
sealed class FunctionObjective(Func<double[], (double Score, double Probability, double[] Gradient)> function) : IObjective
{
    public int Evaluations { get; private set; }

    public Evaluation Evaluate(ReadOnlySpan<float> ws, CancellationToken cancellationToken)
    {
        Evaluations++;
        (double score, double probability, double[] gradient) = function([.. ws.ToArray().Select(x => (double)x)]);
        return new(score, probability, gradient.Select(x => (float)x).ToArray(), ReadOnlyMemory<float>.Empty);
    }
}
