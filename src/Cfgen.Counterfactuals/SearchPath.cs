namespace Cfgen.Counterfactuals;

/// <summary>What is kept of a search: the numbers of every step, and the steps that matter whole. Steps are added in their order.</summary>
/// <param name="direction">Which way the probability of the target should go.</param>
/// <param name="hasStatistics">Whether the distribution of the codes is known, and a Mahalanobis length means anything.</param>
public sealed class SearchPath(SearchDirection direction, bool hasStatistics)
{
    readonly List<SearchPathRow> _rows = [];

    /// <summary>One row a step.</summary>
    public IReadOnlyList<SearchPathRow> Rows => _rows;

    /// <summary>Where the search started; null before the first step.</summary>
    public SearchStep? Start { get; private set; }

    /// <summary>
    /// The counterfactual: the step that reached the target or, where none did, the one that came closest to it. Null where no step has
    /// finite numbers and an image.
    /// </summary>
    public SearchStep? Best { get; private set; }

    /// <summary>The last step taken; null before the first.</summary>
    public SearchStep? Last { get; private set; }

    /// <summary>Why the search ended; null while it has not.</summary>
    public SearchOutcome? Outcome => Last?.Outcome;

    /// <summary>Whether a step has an image: one with a value that is not a number cannot be saved.</summary>
    public static bool HasImage(SearchStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return !step.Evaluation.Image.Span.Contains(float.NaN);
    }

    /// <summary>Takes in the next step.</summary>
    public void Add(SearchStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        Last = step;
        if (step.Outcome is SearchOutcome.Cancelled) return; // the step before, once more
        Evaluation evaluation = step.Evaluation;
        double? mahalanobis = hasStatistics ? step.MahalanobisLength : null;
        _rows.Add(new(
            step.Index, evaluation.Score, evaluation.Probability, step.Distance, mahalanobis, step.GradientNorm,
            Weakest(evaluation.Views), step.Parent < 0 ? null : step.Parent, step.Phase));
        Start ??= step;
        if (!HasImage(step) || !evaluation.Views.All(double.IsFinite) || !double.IsFinite(step.Distance)) return;
        if (Best is null || step.Outcome is SearchOutcome.Reached || Progress(step) > Progress(Best)) Best = step;
    }

    /// <summary>p(target) under the view that lies farthest back.</summary>
    double Weakest(IReadOnlyList<double> views) => direction is SearchDirection.Increase ? views.Min() : views.Max();

    /// <summary>How far the view is on its way that lies farthest back, as saved where that is known and says less.</summary>
    double Progress(SearchStep step)
    {
        IEnumerable<double> views = step.Evaluation.Views.Concat(step.Verdict?.Views ?? []);
        return direction is SearchDirection.Increase ? views.Min() : -views.Max();
    }
}
