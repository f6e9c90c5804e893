using Cfgen.Counterfactuals;
using Cfgen.Inference.Graphs;

namespace Cfgen.Cli.CommandLine;

/// <summary>The names that the search's alternatives have on the command line and in everything written.</summary>
static class SearchChoices
{
    /// <summary>Towards the class or away from it.</summary>
    public static Choices<SearchDirection> Direction { get; } = new(("increase", SearchDirection.Increase),
        ("decrease", SearchDirection.Decrease));

    /// <summary>What the search maximises.</summary>
    public static Choices<ObjectiveKind> Objective { get; } =
        new(("log-probability", ObjectiveKind.LogProbability), ("probability", ObjectiveKind.Probability),
            ("margin", ObjectiveKind.Margin));

    /// <summary>How a gradient becomes a step.</summary>
    public static Choices<StepRule> StepRule { get; } =
        new(("scalar-adam", Counterfactuals.StepRule.ScalarAdam), ("adam", Counterfactuals.StepRule.Adam));

    /// <summary>What codes are held to be typical of.</summary>
    public static Choices<LatentPrior> Prior { get; } = new(("class", LatentPrior.Class), ("all", LatentPrior.All));

    /// <summary>One latent code for all layers, or one for each.</summary>
    public static Choices<LatentSpace> Space { get; } = new(("w", LatentSpace.W), ("w+", LatentSpace.WPlus));
}
