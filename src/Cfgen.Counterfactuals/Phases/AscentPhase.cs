using System.Numerics.Tensors;

namespace Cfgen.Counterfactuals.Phases;

/// <summary>Uphill by Adam from the best step so far, until the target is reached or nothing improves any more.</summary>
/// <param name="options">How to move and when to end.</param>
/// <param name="kind">What its steps are called.</param>
/// <param name="caps">Whether the pull of the penalty is never longer than the gradient of the score; then it hands on where it comes to
/// a halt.</param>
sealed class AscentPhase(SearchOptions options, SearchPhase kind, bool caps) : ISearchPhase
{
    readonly AdamOptimizer _adam =
        new(new AdamOptions { LearningRate = options.LearningRate, OneSecondMoment = options.StepRule is StepRule.ScalarAdam });

    /// <inheritdoc/>
    public SearchOutcome? Run(SearchTrail trail)
    {
        (ProgressMonitor progress, AscentMonitor? ascent) = (new(options), caps ? new() : null);
        SearchPoint? point = trail.Best;
        if (point is null)
        {
            point = trail.Begin();
            if (End(point, progress) is { } atOnce) return atOnce;
            if (ascent?.HasHalted(point.Weakest) is true) return null;
        }
        for (AdamState state = AdamState.At(point.U); ;)
        {
            state = _adam.Step(state, Direction(trail.Penalty, point));
            point = trail.Move(state.Parameters.ToArray(), point.Step.Index, kind);
            if (End(point, progress) is { } outcome) return outcome;
            if (ascent?.HasHalted(point.Weakest) is true) return null;
        }
    }

    /// <summary>Whether the search ends here, and why. Numbers that mean nothing come first, then the threshold, whatever else may be
    /// true.</summary>
    SearchOutcome? End(SearchPoint point, ProgressMonitor progress)
    {
        SearchStep step = point.Step;
        if (!step.IsFinite) return SearchOutcome.NotFinite;
        if (step.IsReached) return SearchOutcome.Reached;
        if (step.GradientNorm == 0 || progress.HasStalled(point.Weakest, point.Value)) return SearchOutcome.Stalled;
        return step.Index >= options.MaxSteps ? SearchOutcome.StepsExhausted : null;
    }

    /// <summary>Where to go: the gradient of the views that do not hold yet, and the pull of the penalty.</summary>
    double[] Direction(ILatentPenalty penalty, SearchPoint point)
    {
        IReadOnlyList<double> views = point.Step.Evaluation.Views;
        double[] direction = [.. point.Gradient];
        if (options.FocusesViews)
        {
            // The gradient is the mean over all views; those that hold have next to no part in it.
            int open = Math.Max(1, views.Count(p => !options.Crosses(p)));
            TensorPrimitives.Multiply<double>(direction, (double)views.Count / open, direction);
        }
        if (options.PriorWeight == 0) return direction;
        double[] pull = penalty.Slope(point.U);
        double pullNorm = options.PriorWeight * TensorPrimitives.Norm<double>(pull), most = TensorPrimitives.Norm<double>(direction);
        double weight = options.PriorWeight * (caps && pullNorm > most ? most / pullNorm : 1);
        for (int i = 0; i < direction.Length; i++) direction[i] -= weight * pull[i];
        return direction;
    }
}
