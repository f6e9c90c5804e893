using System.ComponentModel;

namespace Cfgen.Cli.Commands.Generate;

/// <summary>Pictures together on one.</summary>
sealed record ContactSheetRecord
{
    [Description("Name of the file.")]
    public required string File { get; init; }

    [Description("SHA-256 of the file, lower case.")]
    public required string Sha256 { get; init; }

    [Description("Pictures on it.")]
    public required int Images { get; init; }
}
