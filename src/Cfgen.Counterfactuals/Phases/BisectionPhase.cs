namespace Cfgen.Counterfactuals.Phases;

/// <summary>Halves the way between the nearest step that reached the target and the one that it came from.</summary>
/// <param name="tries">Codes that are evaluated: the way is known to its 2^-tries part.</param>
sealed class BisectionPhase(int tries) : ISearchPhase
{
    /// <inheritdoc/>
    public SearchOutcome? Run(SearchTrail trail)
    {
        if (trail.Nearest is not { } reached || reached.Step.Parent < 0) return null;
        double[] before = trail.CodesOf(reached.Step.Parent);
        (double fails, double holds, int parent) = (0, 1, reached.Step.Index);
        for (int i = 0; i < tries; i++)
        {
            double middle = (fails + holds) / 2;
            SearchPoint point = trail.Move(Between(before, reached.U, middle), parent, SearchPhase.Bisection, elsewhere: true);
            if (point.Step.IsReached) (holds, parent) = (middle, point.Step.Index);
            else fails = middle;
        }
        return null;
    }

    static double[] Between(double[] from, double[] to, double share)
    {
        double[] between = new double[from.Length];
        for (int i = 0; i < between.Length; i++) between[i] = from[i] + share * (to[i] - from[i]);
        return between;
    }
}
