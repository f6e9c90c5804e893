namespace Cfgen.Inference.Gradients;

/// <summary>A gradient compared with differences.</summary>
/// <param name="Directions">Every direction at every point, in the order in which they were drawn.</param>
public sealed record GradientCheckResult(IReadOnlyList<DirectionCheck> Directions)
{
    /// <summary>Directions left out of the verdict, as a kink lies there.</summary>
    public IReadOnlyList<DirectionCheck> Kinks { get; } = [.. Directions.Where(d => d.IsKink)];

    /// <summary>Directions left out of the verdict, as the outputs are rounded to more than they change by.</summary>
    public IReadOnlyList<DirectionCheck> BelowRounding { get; } = [.. Directions.Where(d => d.IsBelowRounding)];

    /// <summary>The direction of the largest error: among those that count, where there are any.</summary>
    public DirectionCheck Worst { get; } = Directions.OrderBy(d => d.IsKink || d.IsBelowRounding).ThenByDescending(d => d.Error).First();

    /// <summary>What it came to.</summary>
    public GradientVerdict Verdict =>
        Kinks.Count + BelowRounding.Count == Directions.Count ? GradientVerdict.Undecided
        : Worst.Agrees ? GradientVerdict.Agrees
        : GradientVerdict.Disagrees;
}
