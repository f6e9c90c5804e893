using Cfgen.Counterfactuals.Phases;

namespace Cfgen.Counterfactuals;

/// <summary>Walks from a latent code to one on the other side of a classifier's threshold, uphill in the whitened latent space.</summary>
/// <remarks>
/// Maximises <c>score(w) - PriorWeight * penalty(u)</c> over u, where w = mean + F u. Reached where every view of the image holds. As long
/// as that leads on, the pull of the penalty is no longer than the score's gradient; then the search goes back to its best step, and on
/// with the whole pull. From the step that reached the target it looks for a nearer one that holds under further views as well.
/// Everything is computed in double precision and in a fixed order: the same objective gives the same path, bit for bit.
/// </remarks>
public sealed class CounterfactualSearch
{
    /// <summary>An eighth of the last step is near enough to the boundary.</summary>
    const int MostHalvings = 3;

    readonly LatentDistribution _distribution;
    readonly SearchOptions _options;
    readonly SearchCoordinates _coordinates;
    readonly ILatentPenalty? _penalty;
    readonly ISearchPhase[] _climb;
    readonly ISearchPhase[] _approach;

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
        (_distribution, _options, _penalty) = (distribution, options, penalty);
        _coordinates = new(distribution, numWs, options.Space);
        AscentPhase ascent = new(options, SearchPhase.Ascent, options.CapsPull);
        _climb = options.CapsPull ? [ascent, new AscentPhase(options, SearchPhase.Pull, caps: false)] : [ascent];
        int halvings = Math.Min(MostHalvings, options.ApproachSteps);
        _approach = [new BisectionPhase(halvings), new ApproachPhase(options.ApproachSteps - halvings)];
    }

    /// <summary>Searches, and tells of every step as soon as it is evaluated.</summary>
    /// <remarks>Step 0 is the start itself, which may already be reached. A search that is cancelled keeps what it has.</remarks>
    /// <param name="objective">What to climb.</param>
    /// <param name="startWs">Where to start, [num_ws, w_dim] row by row; in W all rows are equal.</param>
    /// <param name="observe">Told of every step; not given, nobody is.</param>
    /// <param name="cancellationToken">Ends the search between two steps, and is handed on to the objective.</param>
    /// <exception cref="ArgumentException">The start has the wrong length, a number that is not finite, or in W rows that
    /// differ.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the start was evaluated.</exception>
    public SearchPath Run(
        IObjective objective, ReadOnlyMemory<float> startWs, Action<SearchStep>? observe = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        SearchPath path = new(_options.Direction, _distribution.HasStatistics);
        SearchTrail trail = new(
            objective, _options, _coordinates, _penalty, startWs.ToArray(), !_distribution.HasStatistics, path, observe, cancellationToken);
        try
        {
            SearchOutcome? outcome = null;
            foreach (ISearchPhase phase in _climb) outcome ??= phase.Run(trail);
            if (outcome is SearchOutcome.Reached) foreach (ISearchPhase phase in _approach) phase.Run(trail);
            path.End(outcome!.Value);
        }
        catch (OperationCanceledException) when (path.Last is not null)
        {
            path.End(SearchOutcome.Cancelled);
        }
        return path;
    }
}
