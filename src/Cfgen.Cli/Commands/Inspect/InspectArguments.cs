namespace Cfgen.Cli.Commands.Inspect;

/// <summary>The command line of <c>cfgen inspect</c> as typed values, nothing opened yet.</summary>
/// <param name="Path">A bundle's folder or an ONNX file; null is the default bundle.</param>
sealed record InspectArguments(string? Path);
