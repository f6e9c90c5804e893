using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Cpu;

/// <summary>An activation function that exporters write in single operators, differentiated as a whole.</summary>
abstract class ActivationPattern(DifferentiatedGraph graph) : CpuForm(graph)
{
    protected GraphWriter Ops => Graph.Ops;

    /// <summary>The node that makes a value which is read once and whose own gradient nobody wants, if it is of that type.</summary>
    protected NodeProto? Hidden(string value, string opType) =>
        Graph.Index.Maker(value) is { } node && node.OpType == opType && Graph.Index.IsReadOnce(value) && !Graph.Path.BeginsAt(value)
            ? node
            : null;

    /// <summary>A constant of one element.</summary>
    protected double? Scalar(string value) => ConstantArithmetic.Number(Ops.Constant(value));

    /// <summary>Whether two values have one shape, so that neither is repeated on the way to the other.</summary>
    protected bool AreAlike(string x, string y) => Graph.TypeOf(x).Shape.SequenceEqual(Graph.TypeOf(y).Shape);
}
