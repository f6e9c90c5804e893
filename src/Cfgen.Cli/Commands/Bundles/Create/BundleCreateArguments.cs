using Cfgen.Cli.CommandLine;
using Cfgen.Inference.Bundles;

namespace Cfgen.Cli.Commands.Bundles.Create;

/// <summary>The command line of <c>cfgen bundle create</c> as typed values, nothing opened or resolved yet.</summary>
/// <param name="Out">Folder for the bundle.</param>
/// <param name="Generator">ONNX file.</param>
sealed record BundleCreateArguments(string Out, string Generator)
{
    /// <summary>ONNX file from z to the generator's code.</summary>
    public string? Mapping { get; init; }

    /// <summary>ONNX file from picture to code.</summary>
    public string? Encoder { get; init; }

    /// <summary>ONNX file of the network to be explained.</summary>
    public string? Classifier { get; init; }

    /// <summary>Name of the classifier's output to be explained.</summary>
    public string? ClassifierOutput { get; init; }

    /// <summary>Processor file of the classifier's library.</summary>
    public string? Preprocessing { get; init; }

    /// <summary>File with the names of the classes.</summary>
    public string? Classes { get; init; }

    /// <summary>Mean of the generator's codes, a .npy file.</summary>
    public string? LatentMean { get; init; }

    /// <summary>Covariance of the generator's codes, a .npy file.</summary>
    public string? LatentCovariance { get; init; }

    /// <summary>Folder of pictures whose codes give mean and covariance.</summary>
    public string? EncodeStatistics { get; init; }

    /// <summary>The values that the generator has for black and white; null reads them off its last operator.</summary>
    public ValueRange? ImageRange { get; init; }

    /// <summary>What is done with a picture of another size.</summary>
    public PictureFit? Fit { get; init; }

    /// <summary>Short name; null takes the folder's.</summary>
    public string? Name { get; init; }

    /// <summary>Where the networks come from.</summary>
    public string? Origin { get; init; }

    /// <summary>Licence of the weights.</summary>
    public string? Licence { get; init; }

    /// <summary>Whether an older bundle may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Whether models of half precision are computed in float32.</summary>
    public bool ComputeFloat32 { get; init; }
}
