using Cfgen.Counterfactuals;
using Cfgen.Descriptors;
using Cfgen.Imaging;

namespace Cfgen.Explanations;

/// <summary>What was found about one image: where the search began, how it went, and what changed on the way.</summary>
public sealed record Explanation
{
    /// <summary>The image.</summary>
    public required InputImage Image { get; init; }

    /// <summary>The class that the search moved towards or away from.</summary>
    public required NamedClass Target { get; init; }

    /// <summary>What the classifier says about the image as it was given.</summary>
    public required Decision Original { get; init; }

    /// <summary>What it says about the reconstruction, as it is saved.</summary>
    public required Decision Reconstructed { get; init; }

    /// <summary>What it says about the counterfactual, as it is saved.</summary>
    public required Decision Counterfactual { get; init; }

    /// <summary>p(target) of the counterfactual as it is saved under each view, that of the image itself first.</summary>
    public required IReadOnlyList<ViewProbability> Views { get; init; }

    /// <summary>The code of the image, where the search started.</summary>
    public required StartCode Start { get; init; }

    /// <summary>Codes that the generator takes, one a layer.</summary>
    public required int NumWs { get; init; }

    /// <summary>The search, with its start, its best step and its outcome.</summary>
    public required SearchPath Path { get; init; }

    /// <summary>Whether the distribution of the codes is known, and distances are in its standard deviations.</summary>
    public required bool HasStatistics { get; init; }

    /// <summary>The reconstruction, as it is saved.</summary>
    public required PixelImage StartImage { get; init; }

    /// <summary>The counterfactual, as it is saved.</summary>
    public required PixelImage BestImage { get; init; }

    /// <summary>How far the reconstruction is from the image.</summary>
    public required ReconstructionError ReconstructionError { get; init; }

    /// <summary>How far each descriptor moved from the reconstruction to the counterfactual.</summary>
    public required IReadOnlyList<LocalImportance> Changes { get; init; }

    /// <summary>Milliseconds by stage.</summary>
    public required IReadOnlyDictionary<string, double> Timings { get; init; }

    /// <summary>The step that is the counterfactual.</summary>
    public SearchStep Best => Path.Best!;

    /// <summary>Whether the classifier gives the reconstruction the class of the image.</summary>
    public bool IsDecisionKept => Reconstructed.Class == Original.Class;

    /// <summary>p(target) on the counterfactual as it is saved.</summary>
    public double SavedProbability => Counterfactual.TargetProbability!.Value;
}
