using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff;

/// <summary>A graph while it is differentiated.</summary>
/// <param name="Graph">A copy of the forward graph, to which the gradients are written.</param>
/// <param name="Types">Type and shape of every value of the forward graph.</param>
/// <param name="Path">From the inputs to the output.</param>
/// <param name="Values">Of the forward graph.</param>
/// <param name="Ops">Writes the gradients.</param>
/// <param name="Request">What is differentiated with respect to what.</param>
sealed record DifferentiatedGraph(
    GraphProto Graph,
    IReadOnlyDictionary<string, TensorType> Types,
    DifferentiablePath Path,
    ForwardValues Values,
    GraphWriter Ops,
    GradientRequest Request)
{
    /// <summary>For every gradient written so far, or part of one, the value that it belongs to and has the shape of.</summary>
    public Dictionary<string, string> ValueOf { get; } = new(StringComparer.Ordinal);
}
