using Cfgen.Autodiff.Rules.Support;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// y = x̂ scale + b, x̂ standardised over the axes from <c>axis</c> on: see <see cref="Standardisation"/>; dscale = Σ dy x̂, db = Σ
/// dy.
/// </summary>
static class LayerNormalizationGradient
{
    public static string?[] Rule(GradientContext n)
    {
        if (n.OutputGradientOf(1) is not null || n.OutputGradientOf(2) is not null)
            throw n.Refuse("its mean or deviation is used", "the first output alone to be used");
        int rank = n.Shape(0).Count, axis = n.Axis(absent: -1, rank);
        long[] axes = [.. Enumerable.Range(axis, rank - axis).Select(a => (long)a)];
        (string standardised, string inverse) = n.ElementType(0) == DataType.Float
            ? Saved(n)
            : Standardisation.Of(n, n.Input(0), axes, n.Float("epsilon", absent: 1e-5f));
        string g = n.Ops.Mul(n.OutputGradient, n.Input(1));
        string? dx = n.Needs(0) ? Standardisation.InputGradient(n, g, standardised, inverse, axes) : null;
        return [dx, n.Needs(1) ? n.Ops.Mul(n.OutputGradient, standardised) : null, n.Needs(2) ? n.OutputGradient : null];
    }

    /// <summary>
    /// x̂ and 1/σ, from the mean and 1/σ that the node has found anyway; it hands them out in single precision, whatever x is.
    /// </summary>
    public static (string Standardised, string InverseDeviation) Saved(GradientContext n)
    {
        string inverse = n.RequireOutput(2);
        return (n.Ops.Mul(n.Ops.Sub(n.Input(0), n.RequireOutput(1)), inverse), inverse);
    }
}
