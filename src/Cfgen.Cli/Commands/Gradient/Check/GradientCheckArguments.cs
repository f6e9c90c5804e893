namespace Cfgen.Cli.Commands.Gradient.Check;

/// <summary>The command line of <c>cfgen gradient check</c> as typed values, nothing opened or resolved yet. Null is "not given".</summary>
/// <param name="Model">Path of the model.</param>
sealed record GradientCheckArguments(string Model)
{
    /// <summary>The output to differentiate; null is the first one of real numbers.</summary>
    public string? Output { get; init; }

    /// <summary>The inputs to differentiate with respect to; none is all of real numbers.</summary>
    public IReadOnlyList<string> WithRespectTo { get; init; } = [];

    /// <summary>Random points, at least 1.</summary>
    public int? Points { get; init; }

    /// <summary>Random directions at each point, at least 1.</summary>
    public int? Directions { get; init; }

    /// <summary>Seed of all that is random, at least 0.</summary>
    public int? Seed { get; init; }

    /// <summary>Largest relative error that counts as agreement, above 0 and below 1.</summary>
    public double? Tolerance { get; init; }

    /// <summary>Whether a model of half precision is computed in float32.</summary>
    public bool ComputeFloat32 { get; init; }
}
