using Cfgen.Inference.Gradients;

namespace Cfgen.Cli.Commands.Gradient.Build;

/// <summary>The command line of <c>cfgen gradient build</c> as typed values, nothing opened or resolved yet.</summary>
/// <param name="Model">Path of the model.</param>
/// <param name="Out">Path of the file to write.</param>
sealed record GradientBuildArguments(string Model, string Out)
{
    /// <summary>The output to differentiate; null is the first one of real numbers.</summary>
    public string? Output { get; init; }

    /// <summary>The inputs to differentiate with respect to; none is all of real numbers.</summary>
    public IReadOnlyList<string> WithRespectTo { get; init; } = [];

    /// <summary>What makes one number of the output; null is the cotangent, which is fed.</summary>
    public GradientSeed? Scalar { get; init; }

    /// <summary>Whether the file is for any runtime rather than for ONNX Runtime on a CPU.</summary>
    public bool Portable { get; init; }

    /// <summary>Whether a file that is there may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Whether a model of half precision is computed in float32.</summary>
    public bool ComputeFloat32 { get; init; }
}
