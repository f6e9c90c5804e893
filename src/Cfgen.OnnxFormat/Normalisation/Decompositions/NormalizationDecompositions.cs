using static Cfgen.OnnxFormat.Attributes;

namespace Cfgen.OnnxFormat.Normalisation.Decompositions;

/// <summary>Normalisations: x less its mean, over its deviation.</summary>
static class NormalizationDecompositions
{
    /// <summary>The standard operator by another domain. Mean and inverse deviation, which only training asks for, are refused.</summary>
    public static IReadOnlyList<string> LayerNormalization(DecomposedNode n)
    {
        if (n.Makes(1) || n.Makes(2)) throw n.Refuse("the mean or the deviation as an output", "the first output alone");
        return [n.Ops.Emit("LayerNormalization", [.. n.Node.Input], [.. n.Node.Attribute])];
    }

    /// <summary>
    /// s = x + skip (+ bias), y = LayerNormalization(s) over the last axis, with inputs x, skip, γ, β, bias; further outputs
    /// are the mean, 1/σ and s.
    /// </summary>
    public static IReadOnlyList<string> SkipLayerNormalization(DecomposedNode n)
    {
        GraphWriter ops = n.Ops;
        double epsilon = n.Float("epsilon", absent: 1e-12);
        string sum = ops.Add(n.Input(0), n.Input(1));
        if (n.Has(4)) sum = ops.Add(sum, n.Input(4));
        string[] inputs = [sum, n.Input(2), .. n.Has(3) ? [n.Input(3)] : Array.Empty<string>()];
        string y = ops.Emit(
            "LayerNormalization", inputs, Attribute("axis", -1),
            Attribute("epsilon", (float)epsilon));
        string mean = "", inverse = "";
        if (n.Makes(1) || n.Makes(2)) mean = ops.ReduceMean(sum, [-1]);
        if (n.Makes(2))
        {
            string centred = ops.Sub(sum, mean);
            inverse = ops.Reciprocal(ops.Sqrt(ops.Add(ops.ReduceMean(ops.Mul(centred, centred), [-1]), ops.Scalar(epsilon))));
        }
        return [y, mean, inverse, sum];
    }

    /// <summary>y = (x - mean) / (σ + 1e-9) over the axes, 0, 2 and 3 where the node does not say.</summary>
    public static IReadOnlyList<string> MeanVarianceNormalization(DecomposedNode n)
    {
        GraphWriter ops = n.Ops;
        long[] axes = n.Ints("axes") ?? [0, 2, 3];
        string centred = ops.Sub(n.Input(0), ops.ReduceMean(n.Input(0), axes));
        string deviation = ops.Sqrt(ops.ReduceMean(ops.Mul(centred, centred), axes));
        return [ops.Div(centred, ops.Add(deviation, ops.Scalar(1e-9)))];
    }
}
