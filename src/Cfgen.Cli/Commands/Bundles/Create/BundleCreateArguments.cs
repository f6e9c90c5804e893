using Cfgen.Cli.CommandLine;
using Cfgen.Inference.Bundles;

namespace Cfgen.Cli.Commands.Bundles.Create;

/// <summary>The command line of <c>cfgen bundle create</c> as typed values, nothing opened or resolved yet.</summary>
/// <param name="Out">Folder for the bundle.</param>
sealed record BundleCreateArguments(string Out)
{
    /// <summary>The models; the generator is always there.</summary>
    public ModelArguments Models { get; init; } = new();

    /// <summary>The values that the generator has for black and white; null reads them off its last operator.</summary>
    public ValueRange? ImageRange { get; init; }

    /// <summary>What is done with a picture of another size.</summary>
    public ImageFitting? Fit { get; init; }

    /// <summary>Short name; null takes the folder's.</summary>
    public string? Name { get; init; }

    /// <summary>Where the networks come from.</summary>
    public string? Origin { get; init; }

    /// <summary>Licence of the weights.</summary>
    public string? Licence { get; init; }

    /// <summary>Whether an older bundle may be replaced.</summary>
    public bool Overwrite { get; init; }
}
