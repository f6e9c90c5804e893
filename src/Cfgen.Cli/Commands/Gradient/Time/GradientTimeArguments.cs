namespace Cfgen.Cli.Commands.Gradient.Time;

/// <summary>The command line of <c>cfgen gradient time</c> as typed values, nothing opened or resolved yet. Null is "not given".</summary>
/// <param name="Model">Path of the model.</param>
sealed record GradientTimeArguments(string Model)
{
    /// <summary>The output to differentiate; null is the first one of real numbers.</summary>
    public string? Output { get; init; }

    /// <summary>The inputs to differentiate with respect to; none is all of real numbers.</summary>
    public IReadOnlyList<string> WithRespectTo { get; init; } = [];

    /// <summary>Rows of the batch, at least 1.</summary>
    public int? Batch { get; init; }

    /// <summary>Threads for the networks; 0 is one for each core.</summary>
    public int? Threads { get; init; }

    /// <summary>Runs of each graph, at least 1.</summary>
    public int? Repeat { get; init; }

    /// <summary>Whether a model of half precision is computed in float32.</summary>
    public bool ComputeFloat32 { get; init; }
}
