namespace Cfgen.Counterfactuals;

/// <summary>Finds the latent code of a picture by descent on the difference between the picture and what the generator makes, with Adam in
/// the whitened latent space.</summary>
/// <remarks>
/// Makes <c>loss(w) + PriorWeight * r2 / w_dim</c> small over u, where w = mean + F u and r2 is the squared Mahalanobis length: |u|^2, in
/// W+ its mean over the layers; for
/// <see cref="LatentDistribution.Identity"/> it is measured from the start. Everything is computed in double precision and in a fixed
/// order: the same objective gives the same code, bit for bit.
/// </remarks>
public sealed class LatentInversion
{
    readonly LatentDistribution _distribution;
    readonly InversionOptions _options;
    readonly SearchCoordinates _coordinates;

    /// <param name="distribution">The scale and the centre of the latent codes.</param>
    /// <param name="numWs">How many layers take a code. At least 1.</param>
    /// <param name="options">How to move and when to end.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option or the number of layers is out of its range.</exception>
    public LatentInversion(LatentDistribution distribution, int numWs, InversionOptions options)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(numWs, 1);
        options.Validate();
        (_distribution, _options) = (distribution, options);
        _coordinates = new(distribution, numWs, options.Space);
    }

    /// <summary>Descends from every start for a while, all of them in one batch, and then from the best of what was found.</summary>
    /// <param name="objective">What to descend.</param>
    /// <param name="starts">Where to start, each [num_ws, w_dim] row by row; in W all rows of one are equal. At least one.</param>
    /// <param name="tell">Told after each step how many were taken and the smallest loss plus prior so far.</param>
    /// <param name="cancellationToken">Ends the inversion between two steps with what was found, and is handed on to the objective.</param>
    /// <exception cref="ArgumentException">No start, or one of the wrong length, with a number that is not finite, or in W with rows that
    /// differ.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the starts were evaluated.</exception>
    public InversionResult Run(IInversionObjective objective, IReadOnlyList<float[]> starts, Action<int, double>? tell = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(starts);
        if (starts.Count == 0) throw new ArgumentException("There is no start.", nameof(starts));
        InversionRun[] runs = [.. starts.Select((ws, i) => new InversionRun(i, ws, _distribution, _coordinates, _options))];
        int screening = runs.Length == 1 ? 0 : Math.Min(_options.ScreeningSteps, _options.Steps / 2), taken = 0;
        InversionOutcome outcome = InversionOutcome.Finished;
        if (runs.Length > 1) outcome = Descend(runs, screening);
        InversionRun best = runs.MinBy(run => run.BestValue)!; // the first of equals
        if (outcome is InversionOutcome.Finished)
        {
            best.Restart();
            outcome = Descend([best], _options.Steps - screening);
        }
        return new(outcome, best.BestWs, best.BestEvaluation?.Loss ?? double.NaN, best.StartLoss, best.BestEvaluation?.Image
            ?? default, best.Index, taken, best.BestLength);

        InversionOutcome Descend(InversionRun[] going, int steps)
        {
            for (int step = 0; ; step++)
            {
                if (!Evaluate(objective, going, mayStop: Array.Exists(runs, run => run.BestEvaluation is not null),
                    cancellationToken)) return InversionOutcome.Cancelled;
                going = [.. going.Where(run => run.IsFinite)];
                if (going.Length == 0) return InversionOutcome.NotFinite;
                tell?.Invoke(taken, going.Min(run => run.BestValue));
                if (step == steps) return InversionOutcome.Finished;
                foreach (InversionRun run in going) run.Move(step, steps);
                taken++;
            }
        }
    }

    /// <summary>Evaluates where each run stands; false for a cancelled evaluation where there is something to end with.</summary>
    static bool Evaluate(IInversionObjective objective, InversionRun[] runs, bool mayStop, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<InversionEvaluation> evaluations = objective.Evaluate([.. runs.Select(run => run.Ws)], cancellationToken);
            for (int i = 0; i < runs.Length; i++) runs[i].Take(evaluations[i]);
            return true;
        }
        catch (OperationCanceledException) when (mayStop)
        {
            return false;
        }
    }
}
