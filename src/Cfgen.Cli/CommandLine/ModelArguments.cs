using Cfgen.Inference.Bundles;

namespace Cfgen.Cli.CommandLine;

/// <summary>The models that a command line names, as typed; null where nothing was, and the bundle decides.</summary>
sealed record ModelArguments
{
    /// <summary>Folder of the bundle.</summary>
    public string? Bundle { get; init; }

    /// <summary>ONNX file that wins over the bundle's generator; it may stand without a bundle.</summary>
    public string? Generator { get; init; }

    /// <summary>ONNX file that wins over the bundle's mapping.</summary>
    public string? Mapping { get; init; }

    /// <summary>ONNX file that wins over the bundle's encoder.</summary>
    public string? Encoder { get; init; }

    /// <summary>ONNX file that wins over the bundle's classifier.</summary>
    public string? Classifier { get; init; }

    /// <summary>Name of the classifier's output to be explained.</summary>
    public string? ClassifierOutput { get; init; }

    /// <summary>Processor file of the classifier's library, instead of what the bundle says of preprocessing.</summary>
    public string? Preprocessing { get; init; }

    /// <summary>File with the names of the classes, instead of the bundle's.</summary>
    public string? Classes { get; init; }

    /// <summary>Mean of the generator's codes, a .npy file.</summary>
    public string? LatentMean { get; init; }

    /// <summary>Covariance of the generator's codes, a .npy file.</summary>
    public string? LatentCovariance { get; init; }

    /// <summary>Folder of pictures whose codes give mean and covariance where nothing else does.</summary>
    public string? EncodeStatistics { get; init; }

    /// <summary>Whether models of half precision are computed in float32.</summary>
    public bool ComputeFloat32 { get; init; }

    /// <summary>All files and folders that are named but the bundle, absolute; null for those that are not.</summary>
    public IEnumerable<string?> Files(CliIo io) =>
        new[] { Generator, Mapping, Encoder, Classifier, Preprocessing, Classes, LatentMean, LatentCovariance, EncodeStatistics }
            .Select(io.FullPath);

    /// <summary>What is put in the place of a bundle's own, with absolute paths.</summary>
    public ModelOverrides ToOverrides(CliIo io) => new()
    {
        Generator = io.FullPath(Generator),
        Mapping = io.FullPath(Mapping),
        Encoder = io.FullPath(Encoder),
        Classifier = io.FullPath(Classifier),
        ClassifierOutput = ClassifierOutput,
        Preprocessing = io.FullPath(Preprocessing),
        Classes = io.FullPath(Classes),
        LatentMean = io.FullPath(LatentMean),
        LatentCovariance = io.FullPath(LatentCovariance),
        ComputeFloat32 = ComputeFloat32,
    };
}
