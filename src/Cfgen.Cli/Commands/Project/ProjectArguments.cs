using Cfgen.Cli.CommandLine;
using Cfgen.Counterfactuals;

namespace Cfgen.Cli.Commands.Project;

/// <summary>The command line of <c>cfgen project</c> as typed values, nothing opened or resolved yet. Null is "not given".</summary>
/// <param name="Image">Path of the image whose code is looked for.</param>
sealed record ProjectArguments(string Image)
{
    /// <summary>The bundle, and models in the place of its own.</summary>
    public ModelArguments Models { get; init; } = new();

    /// <summary>How the networks are run.</summary>
    public RuntimeArguments Runtime { get; init; } = new();

    /// <summary>Folder for the result.</summary>
    public string? Out { get; init; }

    /// <summary>Whether an older result may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>One code for all layers or one for each.</summary>
    public LatentSpace? Space { get; init; }

    /// <summary>Steps, at least 1.</summary>
    public int? Steps { get; init; }

    /// <summary>Starts beside the mean, at least 0.</summary>
    public int? Starts { get; init; }

    /// <summary>Seed of the starts.</summary>
    public int? Seed { get; init; }

    /// <summary>Weight of staying near what the generator was trained on, at least 0.</summary>
    public double? PriorWeight { get; init; }

    /// <summary>Adam's largest learning rate, above 0.</summary>
    public double? LearningRate { get; init; }
}
