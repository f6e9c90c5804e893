using Cfgen.Inference.Processors;

namespace Cfgen.Inference.Bundles;

/// <summary>Files given by path instead of those of the bundle.</summary>
public sealed record ModelOverrides
{
    /// <summary>How the classifier wants its pictures, as its library says it: see <see cref="ProcessorFile"/>.</summary>
    public string? Preprocessing { get; init; }

    /// <summary>Names of the classes: see <see cref="ClassNamesFile"/>.</summary>
    public string? Classes { get; init; }

    public string? Generator { get; init; }

    /// <summary>z to the generator's code; a search does without.</summary>
    public string? Mapping { get; init; }

    public string? Encoder { get; init; }
    public string? Classifier { get; init; }

    /// <summary>Name of the classifier's output to be used.</summary>
    public string? ClassifierOutput { get; init; }

    /// <summary>Mean of the generator's codes, .npy [w_dim].</summary>
    public string? LatentMean { get; init; }

    /// <summary>Covariance of the generator's codes, .npy [w_dim, w_dim].</summary>
    public string? LatentCovariance { get; init; }

    /// <summary>Whether models that compute in half precision shall compute in float32; those of the bundle too.</summary>
    public bool ComputeFloat32 { get; init; }
}
