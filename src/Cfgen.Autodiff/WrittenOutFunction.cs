using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff;

/// <summary>A function of one value that exporters write in single operators, differentiated as a whole.</summary>
/// <param name="values">Of the forward graph.</param>
/// <param name="path">From the inputs to the output.</param>
/// <param name="ops">The graph.</param>
abstract class WrittenOutFunction(ForwardValues values, DifferentiablePath path, GraphWriter ops)
{
    protected ForwardValues Values { get; } = values;
    protected GraphWriter Ops { get; } = ops;

    /// <summary>Passes the gradient of y on to x, past all that is between.</summary>
    /// <param name="last">The node that makes y, perhaps.</param>
    /// <param name="gradient">Of y.</param>
    /// <returns>x and its gradient; null where the node is no such function's last.</returns>
    public abstract (string Input, string Gradient)? Gradient(NodeProto last, string gradient);

    /// <summary>The node that makes a value which is read once and whose own gradient nobody wants, if it is of that type.</summary>
    protected NodeProto? Hidden(string value, string opType) =>
        Values.Producer(value) is { } node && node.OpType == opType && Values.IsReadOnce(value) && !path.BeginsAt(value) ? node : null;

    /// <summary>A constant of one element.</summary>
    protected double? Scalar(string value) => ConstantArithmetic.Number(Ops.Constant(value));
}
