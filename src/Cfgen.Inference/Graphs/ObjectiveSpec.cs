using Cfgen.Inference.Views;

namespace Cfgen.Inference.Graphs;

/// <summary>What a search makes larger.</summary>
public sealed record ObjectiveSpec
{
    /// <summary>The quantity.</summary>
    public ObjectiveKind Kind { get; init; } = ObjectiveKind.LogProbability;

    /// <summary>Towards the target class, or away from it.</summary>
    public bool Increase { get; init; } = true;

    /// <summary>Its mean is taken over these views of the picture.</summary>
    public ViewSet Views { get; init; } = ViewSet.None;
}
