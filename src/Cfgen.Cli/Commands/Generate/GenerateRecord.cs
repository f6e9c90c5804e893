using System.ComponentModel;
using System.Text.Json.Serialization;
using Cfgen.Cli.Output.Json;
using Cfgen.Cli.Results;

namespace Cfgen.Cli.Commands.Generate;

/// <summary>What <c>cfgen generate</c> made. It has no clock: a rerun gives the same bytes.</summary>
sealed record GenerateRecord
{
    /// <summary>Identifies the format.</summary>
    public const string SchemaId = "urn:cfgen:schema:generate:1";

    [JsonPropertyName("$schema"), Description("Identifies the format of this object.")]
    public string Schema { get; init; } = SchemaId;

    [Description("Where the pictures are, absolute; null in the file beside them, which says nothing about the machine.")]
    public string? Folder { get; init; }

    [Description("The program and what it ran on.")]
    public required ToolRecord Tool { get; init; }

    [Description("The files of the generator.")]
    public required IReadOnlyList<InputRecord> Inputs { get; init; }

    [Description("How far codes keep from their mean; 1 leaves them where they are.")]
    public required double TruncationPsi { get; init; }

    [Description("Layers that were truncated, from the first; null for all.")]
    public required int? TruncationCutoff { get; init; }

    [Description("Class of a conditional generator, from 0; null for any other.")]
    public required int? Class { get; init; }

    [Description("The pictures, in the order of the seeds as they were given.")]
    public required IReadOnlyList<GeneratedRecord> Images { get; init; }

    [Description("The sheet with the first of them.")]
    public required ContactSheetRecord ContactSheet { get; init; }

    [Description("The files in the folder, relative to it; one with others in it is not replaced.")]
    public required IReadOnlyList<string> Files { get; init; }
}
