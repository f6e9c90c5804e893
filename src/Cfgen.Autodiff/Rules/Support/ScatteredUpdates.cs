namespace Cfgen.Autodiff.Rules.Support;

/// <summary>
/// y = data with updates u at places p, several at one place or not: what the two scatter operators share. Their reduction says what
/// becomes of data and of the updates of a place.
/// </summary>
/// <param name="n">The node: data, indices, updates.</param>
/// <param name="at">Reads a value in the shape of data at the places, in the shape of the updates.</param>
/// <param name="scatter">
/// Puts values in the shape of the updates at the places of zeros and adds them up, or at those of ones and multiplies them.
/// </param>
sealed class ScatteredUpdates(GradientContext n, Func<string, string> at, Func<string, string, string> scatter)
{
    /// <summary>ddata and dupdates.</summary>
    public string?[] Gradients(Func<string> withZerosThere) => n.Text("reduction") switch
    {
        null or "none" => [n.Needs(0) ? withZerosThere() : null, null, n.Needs(2) ? at(n.OutputGradient) : null],
        "add" => [n.OutputGradient, null, n.Needs(2) ? at(n.OutputGradient) : null],
        "mul" => [n.Needs(0) ? n.Ops.Mul(n.OutputGradient, scatter(n.Input(2), Scattering.Product)) : null, null, n.Needs(2)
            ? OfFactors()
            : null],
        "max" or "min" => OfExtremes(),
        string other => throw n.Refuse($"reduction '{other}'", "none, add, mul, max or min"),
    };

    /// <summary>
    /// du = dy data times the other updates of the place: without a division by u, which may be 0. An update that is the only 0 of its
    /// place has the product of those that are none.
    /// </summary>
    string OfFactors()
    {
        string u = n.Input(2), zero = n.Ops.Scalar(0), one = n.Ops.Scalar(1), isZero = n.Ops.Equal(u, zero);
        string zeros = n.Ops.Cast(isZero, n.Ops.RealType), factors = n.Ops.Where(isZero, one, u);
        string otherZeros = n.Ops.Sub(at(scatter(zeros, Scattering.Sum)), zeros);
        string others = n.Ops.Where(n.Ops.Equal(otherZeros, zero), n.Ops.Div(at(scatter(factors, Scattering.Product)), factors), zero);
        return n.Ops.Mul(at(n.Ops.Mul(n.OutputGradient, n.Input(0))), others);
    }

    /// <summary>dy goes to whatever equals y, the element of data or updates, in equal parts.</summary>
    string?[] OfExtremes()
    {
        string isData = n.Ops.Cast(n.Ops.Equal(n.Input(0), n.Output), n.Ops.RealType),
            isUpdate = n.Ops.Cast(n.Ops.Equal(n.Input(2), at(n.Output)), n.Ops.RealType);
        string share = n.Ops.Div(n.OutputGradient, n.Ops.Add(isData, scatter(isUpdate, Scattering.Sum)));
        return [n.Needs(0) ? n.Ops.Mul(share, isData) : null, null, n.Needs(2) ? n.Ops.Mul(at(share), isUpdate) : null];
    }
}
