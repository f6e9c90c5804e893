using Cfgen.Counterfactuals;
using Cfgen.Inference.Codes;
using Cfgen.Inference.Objectives;

namespace Cfgen.Explanations;

/// <summary>What holds for every image that an <see cref="Explainer"/> explains.</summary>
public sealed record ExplainerSettings
{
    /// <summary>How the search moves and when it ends. Its direction also decides which way the gradient graph points.</summary>
    public SearchOptions Search { get; init; } = new();

    /// <summary>How the networks are put together and run; whether the score rises or falls is taken from <see cref="Search"/>.</summary>
    public PipelineSettings Pipeline { get; init; } = new();

    /// <summary>What the search holds a code to be typical of.</summary>
    public LatentPrior Prior { get; init; } = LatentPrior.Class;

    /// <summary>
    /// Steps that the encoder's code is refined by before the search; 0 leaves it as it is. Null refines it where the classifier gives its
    /// reconstruction another class than the image, by as many steps as it takes of <see cref="RepairSteps"/>.
    /// </summary>
    public int? RefineSteps { get; init; }

    /// <summary>Steps that are tried in turn where the encoder's code loses the decision.</summary>
    public static IReadOnlyList<int> RepairSteps { get; } = [50, 200];

    /// <summary>Codes drawn to start from where there is no encoder, beside the mean; at least 0.</summary>
    public int Starts { get; init; } = LatentStarts.DefaultCount;

    /// <summary>Of what is drawn, at least 0.</summary>
    public int Seed { get; init; }

    /// <summary>Folder of images whose codes give mean and covariance where the bundle does not; null for none.</summary>
    public string? StatisticsFolder { get; init; }

    /// <summary>How a code is found without an encoder, or refined from the encoder's.</summary>
    /// <param name="hasEncoder">Whether it is refined.</param>
    public InversionOptions Inversion(bool hasEncoder)
    {
        InversionOptions options = new() { Space = Search.Space };
        return hasEncoder ? options with { Steps = RefineSteps ?? 0 } : options;
    }
}
