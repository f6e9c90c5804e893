using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Cfgen.Cli.Output.Json;

/// <summary>The program that wrote a file, and what it ran on.</summary>
sealed record ToolRecord
{
    [Description("Name of the program.")]
    public string Name { get; init; } = ToolVersion.Name;

    [Description("Version of the program.")]
    public string Version { get; init; } = ToolVersion.Number;

    [Description(".NET runtime.")]
    public string Runtime { get; init; } = RuntimeInformation.FrameworkDescription;

    [Description("Version of ONNX Runtime.")]
    public required string OnnxRuntime { get; init; }

    [Description("Version of libvips.")]
    public required string Vips { get; init; }

    [Description("Operating system and processor architecture.")]
    public string Os { get; init; } = RuntimeInformation.RuntimeIdentifier;
}
