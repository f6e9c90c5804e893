using Cfgen.StyleGan.Generators;
using Cfgen.StyleGan.StyleGan2;

namespace Cfgen.Cli.Commands.Import;

/// <summary>The command line of <c>cfgen import</c> as typed values, nothing opened or resolved yet.</summary>
/// <param name="File">The network's file.</param>
/// <param name="Out">Folder for the bundle.</param>
sealed record ImportArguments(string File, string Out)
{
    /// <summary>
    /// Mean levels of 8 bits that a picture may be off where not said otherwise: half precision on other hardware makes well under one,
    /// another network many.
    /// </summary>
    public const double DefaultTolerance = 2;

    /// <summary>Codes that mean and covariance are measured on where not said otherwise.</summary>
    public const int DefaultStatisticsSamples = 100_000;

    /// <summary>Name of the network in the file.</summary>
    public string? Network { get; init; }

    /// <summary>What the generator computes with.</summary>
    public GeneratorPrecision? Precision { get; init; }

    /// <summary>What StyleGAN2 adds to its activations.</summary>
    public NoiseMode? Noise { get; init; }

    /// <summary>Codes that mean and covariance are measured on, at least 2.</summary>
    public int? StatisticsSamples { get; init; }

    /// <summary>Seed of the random vectors behind those codes.</summary>
    public uint? Seed { get; init; }

    /// <summary>Whether to make a sheet of pictures.</summary>
    public bool Preview { get; init; }

    /// <summary>Pictures that the network is known to make.</summary>
    public IReadOnlyList<ExpectedImage> ExpectImages { get; init; } = [];

    /// <summary>Mean levels of 8 bits that such a picture may be off.</summary>
    public double? ExpectTolerance { get; init; }

    /// <summary>Short name of the bundle.</summary>
    public string? Name { get; init; }

    /// <summary>Licence of the weights.</summary>
    public string? Licence { get; init; }

    /// <summary>Whether an older bundle may be replaced.</summary>
    public bool Overwrite { get; init; }
}
