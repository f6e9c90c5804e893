using System.CommandLine;
using System.Globalization;
using Cfgen.Counterfactuals;
using Cfgen.Inference.Graphs;
using static Cfgen.Cli.CommandLine.ValueOptions;

namespace Cfgen.Cli.CommandLine;

/// <summary>The options for how a search moves and when it ends.</summary>
sealed class SearchOptionSet
{
    static readonly SearchOptions s_defaults = new();

    /// <summary><c>--direction</c>.</summary>
    public Option<SearchDirection?> Direction { get; } = SearchChoices.Direction.ToOption("--direction", "WAY",
        "Towards the class, or away from it: reached when another class wins and the probability is at most 1 - threshold. "
        + "Default: increase.");

    /// <summary><c>--objective</c>.</summary>
    public Option<ObjectiveKind?> Objective { get; } = SearchChoices.Objective.ToOption("--objective", "KIND",
        $"What the search maximises. Default: the bundle's, else {SearchChoices.Objective.NameOf(default)}.");

    /// <summary><c>--space</c>.</summary>
    public Option<LatentSpace?> Space { get; } = SearchChoices.Space.ToOption("--space", "SPACE",
        $"One latent code for all layers, or one for each. Default: the bundle's, else {SearchChoices.Space.NameOf(s_defaults.Space)}.");

    /// <summary><c>--threshold</c>.</summary>
    public Option<double?> Threshold { get; } = Number("--threshold", "X",
        Else("The probability of the class at which the search ends, on the picture as it is saved; above 0 and below 1.",
            s_defaults.Threshold),
        Numbers.Between(0, 1, example: 0.75));

    /// <summary><c>--max-steps</c>.</summary>
    public Option<int?> MaxSteps { get; } =
        Number("--max-steps", "N", Else("The most steps to take.", 100), Numbers.Whole(1, 1_000_000));

    /// <summary><c>--learning-rate</c>.</summary>
    public Option<double?> LearningRate { get; } =
        Number("--learning-rate", "X",
        Else("Adam's learning rate, in standard deviations of the latent codes, or in their own unit where these are not known.",
            0.1),
        Numbers.Above(0, 1000, example: 0.1), "--lr");

    /// <summary><c>--prior-weight</c>.</summary>
    public Option<double?> PriorWeight { get; } = Number("--prior-weight", "X",
        Else("How strongly to stay near the images the generator was trained on, from 0.", s_defaults.PriorWeight),
        Numbers.From(0, 1_000_000, example: 0.1));

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [Direction, Objective, Space, Threshold, MaxSteps, LearningRate, PriorWeight];

    /// <summary>What was typed.</summary>
    public SearchArguments Bind(ParseResult result) => new()
    {
        Direction = result.GetValue(Direction),
        Objective = result.GetValue(Objective),
        Space = result.GetValue(Space),
        Threshold = result.GetValue(Threshold),
        MaxSteps = result.GetValue(MaxSteps),
        LearningRate = result.GetValue(LearningRate),
        PriorWeight = result.GetValue(PriorWeight),
    };

    /// <summary>A description that ends with what is in force where nothing is given: the bundle's value, and where it has none cfgen's
    /// own.</summary>
    static string Else(string description, double fallback) =>
        string.Create(CultureInfo.InvariantCulture, $"{description} Default: the bundle's, else {fallback}.");
}
