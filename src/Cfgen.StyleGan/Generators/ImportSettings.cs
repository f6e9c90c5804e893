using Cfgen.StyleGan.StyleGan2;

namespace Cfgen.StyleGan.Generators;

/// <summary>How a network is imported, and what the models say of where they came from.</summary>
public sealed record ImportSettings
{
    /// <summary>What the synthesis network computes with. Single precision is the default: gradients need it.</summary>
    public GeneratorPrecision Precision { get; init; }

    /// <summary>
    /// What StyleGAN2 adds to its activations. The fixed noise is the default: it is what the network was trained with. StyleGAN3 has no
    /// noise.
    /// </summary>
    public NoiseMode Noise { get; init; }

    /// <summary>SHA-256 of the network's file in small hexadecimal digits, kept in the models' metadata; null leaves it out.</summary>
    public string? SourceSha256 { get; init; }

    /// <summary>The version of the program that imports, kept in the models; null leaves it out.</summary>
    public string? ProgramVersion { get; init; }
}
