namespace Cfgen.Counterfactuals;

/// <summary>Notices when a search no longer gets anywhere.</summary>
/// <remarks>
/// Two signs of life, since each is blind at times: a softmax that underflows says p = 0 while its logarithm still rises, and a search that
/// first returns to where the generator was trained gains in the maximised value before it gains in probability.
/// </remarks>
sealed class ProgressMonitor(SearchOptions options)
{
    double _bestProbability;
    double _bestValue = double.NegativeInfinity;
    int _stepsWithout;

    /// <summary>Takes in one more step, and says whether patience has run out.</summary>
    /// <param name="probability">On the way to the threshold: larger is better in either direction.</param>
    /// <param name="value">What is maximised: the score less the prior.</param>
    public bool HasStalled(double probability, double value)
    {
        bool progress = probability > _bestProbability * (1 + options.StallTolerance) || value > _bestValue + options.StallTolerance;
        if (!progress)
        {
            // The marks stay where they are: small gains add up until they count.
            return ++_stepsWithout >= options.StallPatience;
        }
        _bestProbability = Math.Max(_bestProbability, probability);
        _bestValue = Math.Max(_bestValue, value);
        _stepsWithout = 0;
        return false;
    }
}
