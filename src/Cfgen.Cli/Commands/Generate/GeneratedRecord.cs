using System.ComponentModel;

namespace Cfgen.Cli.Commands.Generate;

/// <summary>A picture of a seed.</summary>
sealed record GeneratedRecord
{
    [Description("Its z is what NumPy's RandomState(seed).randn gives.")]
    public required uint Seed { get; init; }

    [Description("Name of the file.")]
    public required string File { get; init; }

    [Description("SHA-256 of the file, lower case.")]
    public required string Sha256 { get; init; }
}
