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
        Number("--max-steps", "N", Else("The most steps to take.", s_defaults.MaxSteps), Numbers.Whole(1, 1_000_000));

    /// <summary><c>--approach-steps</c>.</summary>
    public Option<int?> ApproachSteps { get; } = Number("--approach-steps", "N",
        Else("The most codes to try for a nearer answer once the target is reached; 0 takes the first one.", s_defaults.ApproachSteps),
        Numbers.Whole(0, 1_000_000));

    /// <summary><c>--learning-rate</c>.</summary>
    public Option<double?> LearningRate { get; } =
        Number("--learning-rate", "X",
        Else("Adam's learning rate, in standard deviations of the latent codes, or in their own unit where these are not known.",
            s_defaults.LearningRate),
        Numbers.Above(0, 1000, example: 0.1), "--lr");

    /// <summary><c>--step-rule</c>.</summary>
    public Option<StepRule?> StepRule { get; } = SearchChoices.StepRule.ToOption("--step-rule", "RULE",
        "How a gradient becomes a step: scalar-adam keeps its direction, adam scales every coordinate by itself. "
        + "Default: the bundle's, else scalar-adam.");

    /// <summary><c>--prior</c>.</summary>
    public Option<LatentPrior?> Prior { get; } = SearchChoices.Prior.ToOption("--prior", "KIND",
        "What a code is held to be typical of: of the codes that the classifier itself calls the target, or of all codes. "
        + "Default: the bundle's, else class.");

    /// <summary><c>--views</c>.</summary>
    public Option<string?> Views { get; } = Text("--views", "SET",
        "Views of the image under which the answer has to hold too: none, default (shifted, turned, enlarged, shrunk), or a JSON "
        + "file. Default: the bundle's, else default.");

    /// <summary><c>--prior-weight</c>.</summary>
    public Option<double?> PriorWeight { get; } = Number("--prior-weight", "X",
        Else("How strongly to stay where codes are typical, from 0.", s_defaults.PriorWeight),
        Numbers.From(0, 1_000_000, example: 0.1));

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All =>
        [Direction, Objective, Space, Threshold, MaxSteps, ApproachSteps, StepRule, LearningRate, Prior, PriorWeight, Views];

    /// <summary>What was typed.</summary>
    public SearchArguments Bind(ParseResult result) => new()
    {
        Direction = result.GetValue(Direction),
        Objective = result.GetValue(Objective),
        Space = result.GetValue(Space),
        Threshold = result.GetValue(Threshold),
        MaxSteps = result.GetValue(MaxSteps),
        ApproachSteps = result.GetValue(ApproachSteps),
        LearningRate = result.GetValue(LearningRate),
        PriorWeight = result.GetValue(PriorWeight),
        StepRule = result.GetValue(StepRule),
        Prior = result.GetValue(Prior),
        Views = result.GetValue(Views),
    };

    /// <summary>A description that ends with what is in force where nothing is given: the bundle's value, and where it has none cfgen's
    /// own.</summary>
    static string Else(string description, double fallback) =>
        string.Create(CultureInfo.InvariantCulture, $"{description} Default: the bundle's, else {fallback}.");
}
