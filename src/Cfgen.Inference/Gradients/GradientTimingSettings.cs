using Cfgen.Inference.Runtime;

namespace Cfgen.Inference.Gradients;

/// <summary>How a gradient is timed.</summary>
public sealed record GradientTimingSettings
{
    /// <summary>Rows of the batch, where the model leaves that free; at least 1, which is the default: a search runs one image.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>
    /// Runs of each of the two graphs, at least 1; 20 by default, enough for a median that one disturbance does not move.
    /// </summary>
    public int Repeat { get; init; } = 20;

    /// <summary>How the networks are run.</summary>
    public SessionSettings Session { get; init; } = new();
}
