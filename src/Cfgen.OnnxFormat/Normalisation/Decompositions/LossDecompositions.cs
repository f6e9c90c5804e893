using static Cfgen.OnnxFormat.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat.Normalisation.Decompositions;

/// <summary>Losses of a class known by its number. A place whose number is <c>ignore_index</c> counts for nothing.</summary>
static class LossDecompositions
{
    /// <summary>
    /// loss = -weight[target] x[target], with inputs x [N, C, d...], target [N, d...] and weight [C] (ones when absent); summed,
    /// or as a mean over the weights, as <c>reduction</c> says.
    /// </summary>
    public static IReadOnlyList<string> NegativeLogLikelihood(DecomposedNode n) => [Loss(n, n.Input(0))];

    /// <summary>The negative log likelihood of x = log softmax(scores) over axis 1, which is the further output.</summary>
    public static IReadOnlyList<string> SoftmaxCrossEntropy(DecomposedNode n)
    {
        string logarithms = n.Ops.LogSoftmax(n.Input(0), 1);
        return [Loss(n, logarithms), logarithms];
    }

    static string Loss(DecomposedNode n, string x)
    {
        GraphWriter ops = n.Ops;
        string target = ops.Cast(n.Input(1), DataType.Int64), weight = n.Has(2) ? ops.Gather(n.Input(2), target, 0) : "";
        if (n.Node.Attribute.Any(a => a.Name == "ignore_index"))
        {
            string ignored = ops.Equal(target, ops.LongScalar(n.Int("ignore_index", absent: 0)));
            target = ops.Where(ignored, ops.LongScalar(0), target); // the number need not be one of a class
            string counted = ops.Sub(ops.Scalar(1), ops.Cast(ignored, ops.RealType));
            weight = n.Has(2) ? ops.Mul(ops.Gather(n.Input(2), target, 0), counted) : counted;
        }
        string loss = ops.Neg(ops.Squeeze(ops.GatherElements(x, ops.Unsqueeze(target, 1), 1), 1));
        if (weight.Length > 0) loss = ops.Mul(loss, weight);
        return n.Text("reduction") switch
        {
            "none" => loss,
            "sum" => OverAll(ops, "ReduceSum", loss),
            _ when weight.Length > 0 => ops.Div(OverAll(ops, "ReduceSum", loss), OverAll(ops, "ReduceSum", weight)),
            _ => OverAll(ops, "ReduceMean", loss),
        };
    }

    static string OverAll(GraphWriter ops, string opType, string x) =>
        ops.Emit(opType, [x], Attribute("keepdims", 0));
}
