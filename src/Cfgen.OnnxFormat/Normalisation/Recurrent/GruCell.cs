namespace Cfgen.OnnxFormat.Normalisation.Recurrent;

/// <summary>
/// z = f(x Wzᵀ + h Rzᵀ + bz), r likewise, h' = (1 - z) ⊙ ĥ + z ⊙ h with ĥ = g(x Whᵀ + (r ⊙ h) Rhᵀ + bh), or, where the
/// linear part comes before the reset, ĥ = g(x Whᵀ + Wbh + r ⊙ (h Rhᵀ + Rbh)). Rows of W and R are those of z, r, h.
/// </summary>
sealed class GruCell : RecurrentCell
{
    readonly RecurrentDirection _d;
    readonly bool _linearFirst;
    readonly string[] _xGates, _xCandidate;
    readonly string _rGates, _rCandidate;
    readonly string? _linearBias;

    public GruCell(RecurrentDirection d)
    {
        _d = d;
        _linearFirst = d.Node.Int("linear_before_reset", 0) != 0;
        (string w, string r, long size) = (d.Own(1)!, d.Own(2)!, d.Size);
        _xGates = d.Project(d.Rows(w, 0, 2 * size), d.SummedBias is { } b ? d.Rows(b, 0, 2 * size) : null);
        _xCandidate = d.Project(
            d.Rows(w, 2 * size, 3 * size), (_linearFirst ? d.Own(3) : d.SummedBias) is { } c ? d.Rows(c, 2 * size, 3 * size) : null);
        (_rGates, _rCandidate) = (d.Rows(r, 0, 2 * size), d.Rows(r, 2 * size, 3 * size));
        _linearBias = _linearFirst && d.Own(3) is { } own ? d.Rows(own, 5 * size, 6 * size) : null;
    }

    public override RecurrentState Step(int t, RecurrentState before)
    {
        GraphWriter ops = _d.Ops;
        string[] gates = _d.Node.Split(_d.Activate(0, _d.AddProduct(before.H, _rGates, _xGates[t])), 1, _d.Size, _d.Size);
        (string z, string r) = (gates[0], gates[1]);
        string candidate = _d.Activate(1, _linearFirst
            ? AddReset(t, r, before.H)
            : _d.AddProduct(before.H is { } reset ? ops.Mul(r, reset) : null, _rCandidate, _xCandidate[t]));
        // (1 - z) ĥ + z h in one multiplication.
        return new(
            before.H is { } h ? ops.Add(candidate, ops.Mul(z, ops.Sub(h, candidate))) : ops.Sub(candidate, ops.Mul(z, candidate)), null);
    }

    /// <summary>x Whᵀ + Wbh + r ⊙ (h Rhᵀ + Rbh).</summary>
    string AddReset(int t, string r, string? h)
    {
        string? linear = h is null ? _linearBias : _d.AddProduct(h, _rCandidate, _linearBias);
        return linear is null ? _xCandidate[t] : _d.Ops.Add(_xCandidate[t], _d.Ops.Mul(r, linear));
    }
}
