using System.ComponentModel;

namespace Cfgen.Cli.Results;

/// <summary>One step of a search, in <c>run.json</c>.</summary>
sealed record StepRecord
{
    [Description("Its place in trajectory.csv.")]
    public required int Step { get; init; }

    [Description("Distance of its code from the reconstruction's, in distanceUnit.")]
    public required double Distance { get; init; }
}
