namespace Cfgen.StyleGan.Generators;

/// <summary>What is known of an imported generator.</summary>
public sealed record GeneratorFacts
{
    /// <summary>The network's kind in words, such as <c>StyleGAN3 (T)</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Length of the random vector z; 0 where images depend on the class alone.</summary>
    public required int ZDim { get; init; }

    /// <summary>Length of the class vector c; 0 where the generator is not conditional.</summary>
    public required int CDim { get; init; }

    /// <summary>Length of a latent code w.</summary>
    public required int WDim { get; init; }

    /// <summary>How many codes w the synthesis network takes.</summary>
    public required int NumWs { get; init; }

    /// <summary>Width and height of the image in pixels.</summary>
    public required int ImageResolution { get; init; }

    /// <summary>Channels of the image: 1 for gray, 3 for colour.</summary>
    public required int ImageChannels { get; init; }

    /// <summary>How many trained numbers the synthesis and the mapping network have together.</summary>
    public required long WeightCount { get; init; }

    /// <summary>What the synthesis network computes with.</summary>
    public required GeneratorPrecision Precision { get; init; }
}
