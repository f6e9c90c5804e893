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
    /// The counterfactual: of the steps that reached the target the nearest to the start or, where none did, the one that came closest to
    /// the target. Null where no step has finite numbers and an image.
    /// </summary>
    public SearchStep? Best { get; private set; }

    /// <summary>The first step that reached the target; null where none has. <see cref="Best"/> may be nearer.</summary>
    public SearchStep? FirstReached { get; private set; }

    /// <summary>
    /// The steps from the start to the best one, each moved from the one before: without those from which the search went back. Empty
    /// where there is no best one.
    /// </summary>
    public IReadOnlyList<int> Way
    {
        get
        {
            List<int> way = [];
            for (int? step = Best?.Index; step is { } index; step = _rows[index].Parent) way.Insert(0, index);
            return way;
        }
    }

    /// <summary>The last step taken; null before the first.</summary>
    public SearchStep? Last { get; private set; }

    /// <summary>Why the search ended; null while it has not.</summary>
    public SearchOutcome? Outcome { get; private set; }

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
        Evaluation evaluation = step.Evaluation;
        double? mahalanobis = hasStatistics ? step.MahalanobisLength : null;
        _rows.Add(new(
            step.Index, evaluation.Score, evaluation.Probability, step.Distance, mahalanobis, step.GradientNorm,
            Weakest(evaluation.Views), step.Parent < 0 ? null : step.Parent, step.Phase));
        Start ??= step;
        if (step.IsReached) FirstReached ??= step;
        if (!HasImage(step) || !evaluation.Views.All(double.IsFinite) || !double.IsFinite(step.Distance)) return;
        if (Best is null || IsBetter(step, Best)) Best = step;
    }

    /// <summary>Says why the search ended.</summary>
    public void End(SearchOutcome outcome) => Outcome = outcome;

    bool IsBetter(SearchStep step, SearchStep best) =>
        step.IsReached ? !best.IsReached || step.Distance < best.Distance : !best.IsReached && Progress(step) > Progress(best);

    /// <summary>p(target) under the view that lies farthest back.</summary>
    double Weakest(IReadOnlyList<double> views) => direction is SearchDirection.Increase ? views.Min() : views.Max();

    /// <summary>How far the view is on its way that lies farthest back, as saved where that is known and says less.</summary>
    double Progress(SearchStep step)
    {
        IEnumerable<double> views = step.Evaluation.Views.Concat(step.Verdict?.Views ?? []);
        return direction is SearchDirection.Increase ? views.Min() : -views.Max();
    }
}
