using Cfgen.Counterfactuals;
using Cfgen.Inference.Graphs;

namespace Cfgen.Cli.Commands.Explain;

/// <summary>The command line of <c>cfgen explain</c> as typed values, nothing opened or resolved yet. Null is "not given": the bundle decides, then the default of the part concerned.</summary>
/// <param name="Image">Path of the image to explain.</param>
sealed record ExplainArguments(string Image)
{
    /// <summary>The class to move towards or away from, by name or by index from 0.</summary>
    public string? TargetClass { get; init; }

    /// <summary>Folder of the bundle.</summary>
    public string? Bundle { get; init; }

    /// <summary>ONNX file that wins over the bundle's generator; without a bundle all that is needed beside the classifier, and the encoder or what tells where its codes lie.</summary>
    public string? Generator { get; init; }

    /// <summary>ONNX file that wins over the bundle's encoder.</summary>
    public string? Encoder { get; init; }

    /// <summary>ONNX file that wins over the bundle's classifier.</summary>
    public string? Classifier { get; init; }

    /// <summary>Name of the classifier's output to be explained.</summary>
    public string? ClassifierOutput { get; init; }

    /// <summary>Mean of the generator's codes, a .npy file.</summary>
    public string? LatentMean { get; init; }

    /// <summary>Covariance of the generator's codes, a .npy file.</summary>
    public string? LatentCovariance { get; init; }

    /// <summary>Folder of pictures whose codes give mean and covariance where neither options nor bundle do.</summary>
    public string? EncodeStatistics { get; init; }

    /// <summary>Processor file of the classifier's library, instead of what the bundle says of preprocessing.</summary>
    public string? Preprocessing { get; init; }

    /// <summary>File with the names of the classes, instead of the bundle's.</summary>
    public string? Classes { get; init; }

    /// <summary>Folder for the result.</summary>
    public string? Out { get; init; }

    /// <summary>Whether an older result may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Towards the class or away from it.</summary>
    public SearchDirection? Direction { get; init; }

    /// <summary>What the search maximises.</summary>
    public ObjectiveKind? Objective { get; init; }

    /// <summary>One code for all layers or one for each.</summary>
    public LatentSpace? Space { get; init; }

    /// <summary>p(target) at which the search ends, in (0, 1).</summary>
    public double? Threshold { get; init; }

    /// <summary>The most steps, at least 1.</summary>
    public int? MaxSteps { get; init; }

    /// <summary>Adam's learning rate, above 0.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Weight of staying near what the generator was trained on, at least 0.</summary>
    public double? PriorWeight { get; init; }

    /// <summary>Steps that the encoder's code is refined by before the search, from 0.</summary>
    public int? RefineInversion { get; init; }

    /// <summary>ONNX file with a finished gradient graph, used instead of building one.</summary>
    public string? GradientGraph { get; init; }

    /// <summary>Where to write the gradient graph that was used.</summary>
    public string? SaveGradientGraph { get; init; }

    /// <summary>Whether to build the gradient graph afresh and keep none.</summary>
    public bool NoCache { get; init; }

    /// <summary>Threads for the networks; 0 is one for each core.</summary>
    public int? Threads { get; init; }

    /// <summary>Whether models of half precision are computed in float32.</summary>
    public bool ComputeFloat32 { get; init; }
}
