using System.Numerics.Tensors;

namespace Cfgen.Counterfactuals;

/// <summary>Walks from a latent code to one on the other side of a classifier's threshold, with Adam in the whitened latent space.</summary>
/// <remarks>
/// Maximises <c>score(w) - PriorWeight * r2</c> over u, where w = mean + F u and r2 is the squared Mahalanobis length: |u|^2, in W+ its mean
/// over the layers. For <see cref="LatentDistribution.Identity"/> the mean is unknown, and r2 is measured from the start. Everything is computed in
/// double precision and in a fixed order: the same objective gives the same path, bit for bit.
/// </remarks>
public sealed class CounterfactualSearch
{
    readonly SearchOptions options;
    readonly SearchCoordinates coordinates;
    readonly AdamOptimizer adam;
    readonly bool priorAtStart;
    readonly int length;    // num_ws * w_dim

    /// <param name="distribution">The scale and the centre of the latent codes.</param>
    /// <param name="numWs">How many layers take a code. At least 1.</param>
    /// <param name="options">How to move and when to end.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option or the number of layers is out of its range.</exception>
    public CounterfactualSearch(LatentDistribution distribution, int numWs, SearchOptions options)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(numWs, 1);
        options.Validate();
        this.options = options;
        coordinates = new(distribution, numWs, options.Space);
        adam = new(new AdamOptions { LearningRate = options.LearningRate });
        priorAtStart = !distribution.HasStatistics;
        length = numWs * distribution.Dimension;
    }

    /// <summary>The path, one step at a time: each is handed over as soon as it is evaluated and none is kept. The last one carries the outcome.</summary>
    /// <remarks>
    /// Step 0 is the start itself, which may already be reached. Nothing runs before the first step is asked for; asking anew searches anew.
    /// A search that is cancelled ends with its last step once more, now with the outcome <see cref="SearchOutcome.Cancelled"/>.
    /// </remarks>
    /// <param name="objective">What to climb.</param>
    /// <param name="startWs">Where to start, [num_ws, w_dim] row by row; in W all rows are equal.</param>
    /// <param name="cancellationToken">Ends the search between two steps, and is handed on to the objective.</param>
    /// <exception cref="ArgumentException">The start has the wrong length, a number that is not finite, or in W rows that differ.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the start was evaluated (thrown when the first step is asked for).</exception>
    public IEnumerable<SearchStep> Run(IObjective objective, ReadOnlyMemory<float> startWs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return Walk(objective, startWs.ToArray(), coordinates.FromWs(startWs.Span), cancellationToken);
    }

    IEnumerable<SearchStep> Walk(IObjective objective, float[] startWs, double[] start, CancellationToken cancellationToken)
    {
        double[] origin = priorAtStart ? start : new double[start.Length];
        ProgressMonitor progress = new(options);
        AdamState state = AdamState.At(start);
        float[] ws = startWs;
        SearchStep? last = null;
        for (int index = 0; ; index++)
        {
            if (Evaluate(objective, ws, mayStop: last is not null, cancellationToken) is not (var evaluation, var verdict))
            {
                yield return last! with { Outcome = SearchOutcome.Cancelled };
                yield break;
            }

            double[] gradient = coordinates.PullBack(evaluation.Gradient.Span);
            double squaredLength = coordinates.SquaredDistance(state.Parameters.Span, origin);
            double value = evaluation.Score - options.PriorWeight * squaredLength;
            double gradientNorm = TensorPrimitives.Norm<double>(gradient);
            SearchOutcome? outcome = Judge(index, evaluation, verdict, gradientNorm, value, progress);
            double distance = Math.Sqrt(coordinates.SquaredDistance(state.Parameters.Span, start));
            last = new(index, ws, evaluation, distance, Math.Sqrt(squaredLength), gradientNorm, verdict, outcome);
            yield return last;
            if (outcome is not null) yield break;

            coordinates.SubtractPrior(options.PriorWeight, state.Parameters.Span, origin, gradient);
            state = adam.Step(state, gradient);
            ws = coordinates.ToWs(state.Parameters.Span);
        }
    }

    /// <summary>
    /// The evaluation, with the verdict where it crosses the threshold; or null for a cancelled one where there is an earlier step to end
    /// with.
    /// </summary>
    (Evaluation Evaluation, Verdict? Verdict)? Evaluate(IObjective objective, float[] ws, bool mayStop, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            Evaluation evaluation = objective.Evaluate(ws, cancellationToken);
            int numbers = evaluation.Gradient.Length;
            if (numbers != length)
                throw new InvalidOperationException($"The objective gave a gradient of {numbers} numbers for codes of {length}.");
            return (evaluation, Crosses(evaluation.Probability) ? objective.Judge(evaluation, cancellationToken) : null);
        }
        catch (OperationCanceledException) when (mayStop)
        {
            return null;
        }
    }

    bool Crosses(double probability) =>
        options.Direction is SearchDirection.Increase ? probability >= options.Threshold : probability <= 1 - options.Threshold;

    /// <summary>Whether the image that will be saved is what was searched for: away from a class, another one has to win as well.</summary>
    bool IsReached(Verdict verdict) => Crosses(verdict.Probability) && !(options.Direction is SearchDirection.Decrease && verdict.IsTarget);

    /// <summary>Whether the search ends here, and why. Numbers that mean nothing come first, then the threshold, whatever else may be true.</summary>
    SearchOutcome? Judge(int index, Evaluation evaluation, Verdict? verdict, double gradientNorm, double value, ProgressMonitor progress)
    {
        double p = evaluation.Probability;
        if (!double.IsFinite(evaluation.Score) || !double.IsFinite(p) || !double.IsFinite(gradientNorm)) return SearchOutcome.NotFinite;
        if (verdict is { } saved)
        {
            if (!double.IsFinite(saved.Probability)) return SearchOutcome.NotFinite;
            if (IsReached(saved)) return SearchOutcome.Reached;
        }

        double wanted = options.Direction is SearchDirection.Increase ? p : 1 - p;
        if (gradientNorm == 0 || progress.HasStalled(wanted, value)) return SearchOutcome.Stalled;
        return index == options.MaxSteps ? SearchOutcome.StepsExhausted : null;
    }
}
