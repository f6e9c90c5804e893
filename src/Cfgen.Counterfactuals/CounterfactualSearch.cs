using System.Numerics.Tensors;

namespace Cfgen.Counterfactuals;

/// <summary>Walks from a latent code to one on the other side of a classifier's threshold, uphill in the whitened latent space.</summary>
/// <remarks>
/// Maximises <c>score(w) - PriorWeight * penalty(u)</c> over u, where w = mean + F u. Reached where every view of the image holds. As long
/// as that leads on, the pull of the penalty is no longer than the score's gradient; then the search goes back to its best step, and on
/// with the whole pull. Everything is computed in double precision and in a fixed order: the same objective gives the same path, bit for
/// bit.
/// </remarks>
public sealed class CounterfactualSearch
{
    readonly SearchOptions options;
    readonly SearchCoordinates coordinates;
    readonly AdamOptimizer adam;
    readonly ILatentPenalty? penalty;
    readonly bool priorAtStart;
    readonly int length;    // num_ws * w_dim

    /// <param name="distribution">The scale and the centre of the latent codes.</param>
    /// <param name="numWs">How many layers take a code. At least 1.</param>
    /// <param name="options">How to move and when to end.</param>
    /// <param name="penalty">Of codes that are not typical of the class searched for; null where only the codes as a whole are known:
    /// then it is the squared Mahalanobis length, and without <see cref="LatentDistribution.HasStatistics"/> that of the way from the
    /// start.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option or the number of layers is out of its range.</exception>
    public CounterfactualSearch(LatentDistribution distribution, int numWs, SearchOptions options, ILatentPenalty? penalty = null)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(numWs, 1);
        options.Validate();
        (this.options, this.penalty) = (options, penalty);
        coordinates = new(distribution, numWs, options.Space);
        adam = new(new AdamOptions { LearningRate = options.LearningRate, OneSecondMoment = options.StepRule is StepRule.ScalarAdam });
        priorAtStart = !distribution.HasStatistics;
        length = numWs * distribution.Dimension;
    }

    /// <summary>The path, one step at a time: each is handed over as soon as it is evaluated and none is kept. The last one carries the
    /// outcome.</summary>
    /// <remarks>
    /// Step 0 is the start itself, which may already be reached. Nothing runs before the first step is asked for; asking anew searches
    /// anew.
    /// A search that is cancelled ends with its last step once more, now with the outcome <see cref="SearchOutcome.Cancelled"/>.
    /// </remarks>
    /// <param name="objective">What to climb.</param>
    /// <param name="startWs">Where to start, [num_ws, w_dim] row by row; in W all rows are equal.</param>
    /// <param name="cancellationToken">Ends the search between two steps, and is handed on to the objective.</param>
    /// <exception cref="ArgumentException">The start has the wrong length, a number that is not finite, or in W rows that
    /// differ.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the start was evaluated (thrown when the first step is asked
    /// for).</exception>
    public IEnumerable<SearchStep> Run(IObjective objective, ReadOnlyMemory<float> startWs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return Walk(objective, startWs.ToArray(), coordinates.FromWs(startWs.Span), cancellationToken);
    }

    IEnumerable<SearchStep> Walk(IObjective objective, float[] startWs, double[] start, CancellationToken cancellationToken)
    {
        double[] origin = priorAtStart ? start : new double[start.Length];
        ILatentPenalty prior = penalty ?? new PlainPenalty(origin, coordinates.Rows);
        SearchPhase phase = SearchPhase.Ascent;
        (ProgressMonitor progress, AscentMonitor ascent) = (new(options), new());
        AdamState state = AdamState.At(start);
        float[] ws = startWs;
        (SearchStep Step, double[] U, double[] Gradient)? best = null;
        SearchStep? last = null;
        int parent = -1;
        for (int index = 0; ; index++)
        {
            if (Evaluate(objective, ws, mayStop: last is not null, cancellationToken) is not (var evaluation, var verdict))
            {
                yield return last! with { Outcome = SearchOutcome.Cancelled };
                yield break;
            }

            double[] u = state.Parameters.ToArray(), gradient = coordinates.PullBack(evaluation.Gradient.Span);
            double value = evaluation.Score - options.PriorWeight * prior.Value(u), gradientNorm = TensorPrimitives.Norm<double>(gradient);
            SearchOutcome? outcome = Judge(index, evaluation, verdict, gradientNorm, value, progress);
            double distance = Math.Sqrt(coordinates.SquaredDistance(u, start));
            double fromMean = Math.Sqrt(coordinates.SquaredDistance(u, origin));
            last = new(index, ws, evaluation, distance, fromMean, gradientNorm, verdict, parent, phase, outcome);
            yield return last;
            if (outcome is not null) yield break;

            if (best is null || Weakest(evaluation.Views) > Weakest(best.Value.Step.Evaluation.Views)) best = (last, u, gradient);
            SearchStep from = last;
            if (phase is SearchPhase.Ascent && options.CapsPull && ascent.HasHalted(Weakest(evaluation.Views)))
            {
                (phase, progress) = (SearchPhase.Pull, new(options));
                (from, u, gradient) = best.Value;
                state = AdamState.At(u);
            }
            state = adam.Step(state,
                Direction(prior, u, gradient, from.Evaluation.Views, caps: options.CapsPull && phase is SearchPhase.Ascent));
            (ws, parent) = (coordinates.ToWs(state.Parameters.Span), from.Index);
        }
    }

    /// <summary>Where to go from u: the gradient of the views that do not hold yet, and the pull of the penalty.</summary>
    double[] Direction(ILatentPenalty prior, double[] u, double[] gradient, IReadOnlyList<double> views, bool caps)
    {
        double[] direction = [.. gradient];
        if (options.FocusesViews)
        {
            // The gradient is the mean over all views; those that hold have next to no part in it.
            int open = Math.Max(1, views.Count(p => !options.Crosses(p)));
            TensorPrimitives.Multiply<double>(direction, (double)views.Count / open, direction);
        }
        if (options.PriorWeight == 0) return direction;
        double[] pull = prior.Slope(u);
        double pullNorm = options.PriorWeight * TensorPrimitives.Norm<double>(pull), most = TensorPrimitives.Norm<double>(direction);
        double weight = options.PriorWeight * (caps && pullNorm > most ? most / pullNorm : 1);
        for (int i = 0; i < direction.Length; i++) direction[i] -= weight * pull[i];
        return direction;
    }

    /// <summary>How far on its way the view is that lies farthest back, in [0, 1].</summary>
    double Weakest(IReadOnlyList<double> views) =>
        options.Direction is SearchDirection.Increase ? views.Min() : 1 - views.Max();

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
            return (evaluation, evaluation.Views.All(options.Crosses) ? objective.Judge(evaluation, cancellationToken) : null);
        }
        catch (OperationCanceledException) when (mayStop)
        {
            return null;
        }
    }

    /// <summary>Whether the image that will be saved is what was searched for: away from a class, another one has to win as well.</summary>
    bool IsReached(Verdict verdict) =>
        verdict.Views.All(options.Crosses) && !(options.Direction is SearchDirection.Decrease && verdict.IsTarget);

    /// <summary>Whether the search ends here, and why. Numbers that mean nothing come first, then the threshold, whatever else may be
    /// true.</summary>
    SearchOutcome? Judge(int index, Evaluation evaluation, Verdict? verdict, double gradientNorm, double value, ProgressMonitor progress)
    {
        bool isFinite = double.IsFinite(evaluation.Score) && double.IsFinite(gradientNorm) && evaluation.Views.All(double.IsFinite);
        if (!isFinite) return SearchOutcome.NotFinite;
        if (verdict is { } saved)
        {
            if (!saved.Views.All(double.IsFinite)) return SearchOutcome.NotFinite;
            if (IsReached(saved)) return SearchOutcome.Reached;
        }

        if (gradientNorm == 0 || progress.HasStalled(Weakest(evaluation.Views), value)) return SearchOutcome.Stalled;
        return index == options.MaxSteps ? SearchOutcome.StepsExhausted : null;
    }
}
