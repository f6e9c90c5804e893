using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Preparation;

/// <summary>
/// A weight that is computed from the inputs, taken apart into a constant [o, i, k...], factors [N, i] and factors [N, o]: what is left
/// when products, quotients, changes of shape and of the order of axes are followed to where they begin.
/// </summary>
sealed class WeightFactors
{
    const int MostSteps = 100; // a product with itself, and that with itself, has more factors than anybody writes

    readonly ShapedGraph _graph;
    readonly List<string> _parts = [];
    int _steps;

    WeightFactors(ShapedGraph graph, WeightLayout layout)
    {
        _graph = graph;
        Constants = new(layout.Full);
        (In, Out) = (new(graph, WeightLayout.In), new(graph, WeightLayout.Out));
    }

    /// <summary>The constant part, which does not vary along the batch.</summary>
    public ConstantFactors Constants { get; }

    /// <summary>Factors along the input channels, and those along the batch alone.</summary>
    public ChannelFactors In { get; }

    /// <summary>Factors along the output channels.</summary>
    public ChannelFactors Out { get; }

    /// <summary>The weight and what of its size it was made of.</summary>
    public IReadOnlyList<string> Parts => _parts;

    /// <summary>Takes a weight apart; null where it is not of that form, or constant.</summary>
    /// <param name="graph">What computes it.</param>
    /// <param name="weight">The value.</param>
    /// <param name="layout">What its axes are.</param>
    public static WeightFactors? Of(ShapedGraph graph, string weight, WeightLayout layout)
    {
        if (layout.Full.Contains(0)) return null;
        WeightFactors factors = new(graph, layout);
        return factors.Take(weight, layout, divides: false) && !factors.Constants.IsEmpty && !(factors.In.IsEmpty && factors.Out.IsEmpty)
            ? factors
            : null;
    }

    bool Take(string value, WeightLayout layout, bool divides)
    {
        if (_steps++ == MostSteps) return false;
        if (_graph.Constant(value) is { } constant && !layout.RunsOver(WeightLayout.Batch))
        {
            if (!ConstantArithmetic.CanCompute(constant)) return false;
            Constants.Add(constant, layout, divides);
            return true;
        }
        if (!layout.IsOneSided) _parts.Add(value);
        switch (_graph.Maker(value))
        {
            case { OpType: "Mul" or "Div" } product when !layout.IsOneSided || HasConstant(product):
                return TakeOperand(product.Input[0], layout, divides)
                    && TakeOperand(product.Input[1], layout, divides ^ product.OpType == "Div");
            case { } same when ShapedGraph.KeepsOrder(same) && _graph.Lengths(same.Input[0]) is { } lengths
                && layout.Reshaped(lengths) is { } before:
                return Take(same.Input[0], before, divides);
            case { OpType: "Transpose" } turned when !layout.IsOneSided:
                return Take(turned.Input[0], layout.Transposed(turned.Find("perm")?.Ints), divides);
            default:
                if (layout.IsOneSided) (layout.RunsOver(WeightLayout.Out) ? Out : In).Add(value, layout, divides);
                return layout.IsOneSided;
        }
    }

    bool TakeOperand(string operand, WeightLayout layout, bool divides) =>
        _graph.Lengths(operand) is { } lengths && Take(operand, layout.Operand(lengths), divides);

    /// <summary>Whether a part of a factor can go into the weights.</summary>
    bool HasConstant(NodeProto product) =>
        _graph.Constant(product.Input[1]) is not null || product.OpType == "Mul" && _graph.Constant(product.Input[0]) is not null;
}
