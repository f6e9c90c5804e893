using System.Runtime.CompilerServices;

namespace Cfgen.Counterfactuals;

/// <summary>How a search moves and when it ends.</summary>
public sealed record SearchOptions
{
    /// <summary>Towards the target class, or away from it.</summary>
    public SearchDirection Direction { get; init; } = SearchDirection.Increase;

    /// <summary>
    /// Reached when p(target) is at least this; when decreasing, when it is at most one minus this and another class is more probable. In
    /// (0, 1).
    /// </summary>
    public double Threshold { get; init; } = 0.75;

    /// <summary>The most steps. At least 0, which evaluates the start alone.</summary>
    public int MaxSteps { get; init; } = 60;

    /// <summary>How a gradient becomes a step.</summary>
    public StepRule StepRule { get; init; } = StepRule.ScalarAdam;

    /// <summary>
    /// Adam's learning rate: about how far each coordinate moves in one step (its root mean square), in standard deviations of the latent
    /// distribution, or in the codes' own unit where no statistics are known. Above 0.
    /// </summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>
    /// Weight of typical codes: the search maximises <c>score - PriorWeight * penalty</c>. The penalty is that of the class searched for
    /// where it is known, else the squared Mahalanobis length. At least 0.
    /// </summary>
    public double PriorWeight { get; init; } = 0.1;

    /// <summary>
    /// Whether the pull of the penalty is never longer than the gradient of the score, as long as that leads somewhere: so the classifier
    /// has at least as much of a say in where a step goes as what is typical has.
    /// </summary>
    public bool CapsPull { get; init; } = true;

    /// <summary>
    /// Whether the gradient is the mean over the views that do not hold yet, in place of all of them: as views are convinced, those that
    /// are not keep their weight against the penalty.
    /// </summary>
    public bool FocusesViews { get; init; } = true;

    /// <summary>One code for all layers, or one for each.</summary>
    public LatentSpace Space { get; init; } = LatentSpace.W;

    /// <summary>After so many steps in a row without progress the search has stalled. At least 1.</summary>
    public int StallPatience { get; init; } = 25;

    /// <summary>
    /// What counts as progress: the best probability on the way to the threshold grows by this share of itself (relative, because p may
    /// start at 1e-9 and still climb), or the maximised value grows by this much (absolute: nats or logits). At least 0.
    /// </summary>
    public double StallTolerance { get; init; } = 1e-3;

    /// <summary>
    /// The most codes that are tried for a nearer answer once the target is reached, besides <see cref="MaxSteps"/>. At least 0, which
    /// takes the first answer.
    /// </summary>
    public int ApproachSteps { get; init; } = 15;

    /// <summary>Whether a probability of the target is on the wanted side of the threshold.</summary>
    public bool Crosses(double probability) =>
        Direction is SearchDirection.Increase ? probability >= Threshold : probability <= 1 - Threshold;

    /// <summary>How far the view is on its way that lies farthest back: the smallest p(target), or 1 - p away from it.</summary>
    public double Weakest(IReadOnlyList<double> views) => Direction is SearchDirection.Increase ? views.Min() : 1 - views.Max();

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the exception names the property.</exception>
    public void Validate()
    {
        Require(Enum.IsDefined(Direction), Direction, "a defined direction");
        Require(Threshold is > 0 and < 1, Threshold, "between 0 and 1, both excluded");
        Require(MaxSteps >= 0, MaxSteps, "at least 0");
        Require(Enum.IsDefined(StepRule), StepRule, "a defined rule");
        Require(LearningRate > 0 && double.IsFinite(LearningRate), LearningRate, "a finite number above 0");
        Require(PriorWeight >= 0 && double.IsFinite(PriorWeight), PriorWeight, "a finite number of at least 0");
        Require(Enum.IsDefined(Space), Space, "a defined space");
        Require(StallPatience >= 1, StallPatience, "at least 1");
        Require(ApproachSteps >= 0, ApproachSteps, "at least 0");
        Require(StallTolerance >= 0 && double.IsFinite(StallTolerance), StallTolerance, "a finite number of at least 0");
    }

    static void Require<T>(bool holds, T value, string expected, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!holds) throw new ArgumentOutOfRangeException(name, value, $"{name} must be {expected}.");
    }
}
