using Cfgen.Counterfactuals;

namespace Cfgen.Cli.Commands.Project;

/// <summary>The command line of <c>cfgen project</c> as typed values, nothing opened or resolved yet. Null is "not given".</summary>
/// <param name="Image">Path of the image whose code is looked for.</param>
sealed record ProjectArguments(string Image)
{
    /// <summary>Folder of the bundle.</summary>
    public string? Bundle { get; init; }

    /// <summary>ONNX file that wins over the bundle's generator; without a bundle all that is needed beside what tells where its codes lie.</summary>
    public string? Generator { get; init; }

    /// <summary>ONNX file that wins over the bundle's mapping.</summary>
    public string? Mapping { get; init; }

    /// <summary>ONNX file that wins over the bundle's classifier.</summary>
    public string? Classifier { get; init; }

    /// <summary>Name of the classifier's output whose decision is looked at.</summary>
    public string? ClassifierOutput { get; init; }

    /// <summary>Mean of the generator's codes, a .npy file.</summary>
    public string? LatentMean { get; init; }

    /// <summary>Covariance of the generator's codes, a .npy file.</summary>
    public string? LatentCovariance { get; init; }

    /// <summary>Processor file of the classifier's library, instead of what the bundle says of preprocessing.</summary>
    public string? Preprocessing { get; init; }

    /// <summary>File with the names of the classes, instead of the bundle's.</summary>
    public string? Classes { get; init; }

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

    /// <summary>Whether to build the inversion graph afresh and keep none.</summary>
    public bool NoCache { get; init; }

    /// <summary>Threads for the networks; 0 is one for each core.</summary>
    public int? Threads { get; init; }

    /// <summary>Whether models of half precision are computed in float32.</summary>
    public bool ComputeFloat32 { get; init; }
}
