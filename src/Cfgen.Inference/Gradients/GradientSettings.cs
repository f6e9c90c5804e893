using Cfgen.Autodiff;

namespace Cfgen.Inference.Gradients;

/// <summary>What a gradient file differentiates.</summary>
public sealed record GradientSettings
{
    /// <summary>The output to differentiate; the first one of real numbers when null.</summary>
    public string? Output { get; init; }

    /// <summary>The inputs to differentiate with respect to; all of real numbers when empty.</summary>
    public IReadOnlyList<string> WithRespectTo { get; init; } = [];

    /// <summary>What the gradient starts from.</summary>
    public GradientSeed Seed { get; init; }

    /// <summary>What the file is written for.</summary>
    public GradientTarget Target { get; init; }

    /// <summary>Those of <see cref="GradientGraph.CpuFormNames"/> to do without, to measure what each is worth.</summary>
    public IReadOnlyCollection<string> WithoutForms { get; init; } = [];
}

/// <summary>What the gradient of an output starts from.</summary>
public enum GradientSeed
{
    /// <summary>A further input with the output's shape.</summary>
    Cotangent,

    /// <summary>Ones: the gradient of the sum.</summary>
    Sum,

    /// <summary>A further input that chooses one column in each row.</summary>
    Index,
}
