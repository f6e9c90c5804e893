using Cfgen.Cli.CommandLine;

namespace Cfgen.Cli.Commands.Explain;

/// <summary>
/// The command line of <c>cfgen explain</c> as typed values, nothing opened or resolved yet. Null is "not given": the bundle decides, then
/// the default of the part concerned.
/// </summary>
/// <param name="Image">Path of the image to explain.</param>
sealed record ExplainArguments(string Image)
{
    /// <summary>The class to move towards or away from, by name or by index from 0.</summary>
    public string? TargetClass { get; init; }

    /// <summary>The bundle, and models in the place of its own.</summary>
    public ModelArguments Models { get; init; } = new();

    /// <summary>How the search moves and when it ends.</summary>
    public SearchArguments Search { get; init; } = new();

    /// <summary>How the networks are run.</summary>
    public RuntimeArguments Runtime { get; init; } = new();

    /// <summary>Folder for the result.</summary>
    public string? Out { get; init; }

    /// <summary>Whether an older result may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Steps that the encoder's code is refined by before the search, from 0; null for those that it takes.</summary>
    public int? RefineInversion { get; init; }

    /// <summary>Whether a reconstruction that loses the decision is a failure.</summary>
    public bool RequireFaithful { get; init; }

    /// <summary>ONNX file with a finished gradient graph, used instead of building one.</summary>
    public string? GradientGraph { get; init; }

    /// <summary>Where to write the gradient graph that was used.</summary>
    public string? SaveGradientGraph { get; init; }
}
