using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = x̂ scale + b, x̂ standardised over the axes from <c>axis</c> on: see <see cref="Standardisation"/>; dscale = Σ dy x̂, db = Σ dy.</summary>
static class LayerNormalizationGradient
{
    public static string?[] Rule(GradientContext n)
    {
        if (n.OutputGradientOf(1) is not null || n.OutputGradientOf(2) is not null) throw n.Refuse("its mean or deviation is used", "the first output alone to be used");
        int rank = n.Shape(0).Count, axis = n.Axis(absent: -1, rank);
        long[] axes = [.. Enumerable.Range(axis, rank - axis).Select(a => (long)a)];
        (string standardised, string inverse) = n.ElementType(0) == DataType.Float ? Kept(n) : Standardisation.Of(n, n.Input(0), axes, n.Float("epsilon", absent: 1e-5f));
        string? dx = n.Needs(0) ? Standardisation.CentredInputGradient(n, Centred(n, axes), standardised, inverse, axes) : null;
        return [dx, n.Needs(1) ? n.Ops.Mul(n.OutputGradient, standardised) : null, n.Needs(2) ? n.OutputGradient : null];
    }

    /// <summary>g - mean(g) for g = dy scale: out of the weights of the layers behind where that can be.</summary>
    static string Centred(GradientContext n, long[] axes)
    {
        if (axes.Length == 1 && !n.Needs(1) && !n.Needs(2) && ChannelMap.OfGradient(n, n.Input(1), centres: true) is { } centred) return centred;
        string g = n.Ops.Mul(n.OutputGradient, n.Input(1));
        return n.Ops.Sub(g, n.Ops.ReduceMean(g, axes));
    }

    /// <summary>x̂ and 1/σ, from the mean and 1/σ that the node has found anyway; it hands them out in single precision, whatever x is.</summary>
    static (string Standardised, string InverseDeviation) Kept(GradientContext n)
    {
        string inverse = n.RequireOutput(2);
        if (BareNormalisations.IsBare(n.Node, n.Ops)) return (n.Output, inverse);
        return (n.Ops.Mul(n.Ops.Sub(n.Input(0), n.RequireOutput(1)), inverse), inverse);
    }
}
