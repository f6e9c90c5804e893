using System.ComponentModel;
using Cfgen.Cli.Output.Json;

namespace Cfgen.Cli.Commands.Inspect;

/// <summary>One ONNX model.</summary>
sealed record ModelRecord
{
    [Description("What it is used as; model where it was given alone.")]
    public required string Role { get; init; }

    [Description("Name of the file.")]
    public required string File { get; init; }

    [Description("Size of the file in bytes.")]
    public required long Bytes { get; init; }

    [Description("SHA-256 of the file, lower case.")]
    public required string Sha256 { get; init; }

    [Description("Version of the standard operators.")]
    public required int Opset { get; init; }

    [Description("Trained numbers in the model.")]
    public required long Parameters { get; init; }

    [Description("What goes in.")]
    public required IReadOnlyList<PortRecord> Inputs { get; init; }

    [Description("What comes out.")]
    public required IReadOnlyList<PortRecord> Outputs { get; init; }

    [Description("How often each operator is used.")]
    public required IReadOnlyDictionary<string, int> Operators { get; init; }

    [Description(
        "About how many bytes of memory it needs for one picture, from the shapes of its values; null where they are known only when it "
            + "runs.")]
    public MemoryRecord? Memory { get; init; }
}
