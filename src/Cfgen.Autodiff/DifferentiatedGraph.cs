using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff;

/// <summary>A graph while it is differentiated.</summary>
/// <param name="Graph">A copy of the forward graph, to which the gradients are written.</param>
/// <param name="Types">Type and shape of every value of the forward graph, constants left out or not.</param>
/// <param name="Path">From the inputs to the output.</param>
/// <param name="Index">Who makes and reads the values of the forward graph.</param>
/// <param name="Ops">Writes the gradients.</param>
/// <param name="Request">What is differentiated with respect to what.</param>
sealed record DifferentiatedGraph(
    GraphProto Graph,
    IReadOnlyDictionary<string, TensorType> Types,
    DifferentiablePath Path,
    GraphIndex Index,
    GraphWriter Ops,
    GradientRequest Request)
{
    /// <summary>For every gradient written so far, or part of one, the value that it belongs to and has the shape of.</summary>
    public Dictionary<string, string> ValueOf { get; } = new(StringComparer.Ordinal);

    /// <summary>Type and shape of a value of the forward graph, of a constant too.</summary>
    /// <exception cref="NotDifferentiableException">They are not known before the model runs.</exception>
    public TensorType TypeOf(string value)
    {
        if (Types.TryGetValue(value, out TensorType? type)) return type;
        if (Ops.Constant(value) is { } constant) return new((DataType)constant.DataType, [.. constant.Dims.Select(d => (Dimension)d)]);
        throw GradientGraph.ShapeUnknown(value);
    }
}
