namespace Cfgen.Counterfactuals.Tests;

/// <summary>An objective given as a function of the codes in double precision; counts how often it was asked.</summary>
sealed class FunctionObjective(Func<double[], (double Score, double Probability, double[] Gradient)> function) : IObjective
{
    public int Evaluations { get; private set; }

    /// <summary>How often the saved image was asked for.</summary>
    public int Judgements { get; private set; }

    /// <summary>What saving makes of an evaluation; by default nothing, with two classes.</summary>
    public Func<Evaluation, Verdict> Saved { get; init; } =
        e => new(e.Probability, e.Probability > 0.5) { Views = e.Views };

    /// <summary>p of the views besides the image itself, of the codes; none by default.</summary>
    public Func<double[], double[]> OtherViews { get; init; } = _ => [];

    public Verdict Classify(Evaluation evaluation, CancellationToken cancellationToken)
    {
        Judgements++;
        cancellationToken.ThrowIfCancellationRequested();
        return Saved(evaluation);
    }

    /// <summary>p of the views besides those searched with, of an evaluation; none by default.</summary>
    public Func<Evaluation, double[]> Elsewhere { get; init; } = _ => [];

    public IReadOnlyList<double> ClassifyElsewhere(Evaluation evaluation, CancellationToken cancellationToken) => Elsewhere(evaluation);

    public Evaluation Evaluate(ReadOnlySpan<float> ws, CancellationToken cancellationToken)
    {
        Evaluations++;
        (double score, double probability, double[] gradient) = function([.. ws.ToArray().Select(x => (double)x)]);
        return new(score, probability, gradient.Select(x => (float)x).ToArray(), ReadOnlyMemory<float>.Empty)
        {
            Views = [probability, .. OtherViews([.. ws.ToArray().Select(x => (double)x)])],
        };
    }
}
