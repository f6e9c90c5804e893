namespace Cfgen.OnnxFormat.Normalisation.Recurrent;

/// <summary>
/// i = f(x Wiᵀ + h Riᵀ + bi + Pi ⊙ c), forget gate likewise (or 1 - i where the two are coupled), c' = forget ⊙ c + i ⊙ g(x Wcᵀ
/// + h Rcᵀ + bc), o = f(x Woᵀ + h Roᵀ + bo + Po ⊙ c'), h' = o ⊙ h(c'). Rows of W and R are those of i, o, forget, c; P has i, o,
/// forget and may be absent.
/// </summary>
sealed class LstmCell : RecurrentCell
{
    readonly RecurrentDirection _d;
    readonly string[] _x;
    readonly string[]? _peepholes;
    readonly string _r;
    readonly bool _coupled;

    public LstmCell(RecurrentDirection d)
    {
        _d = d;
        _x = d.Project(d.Own(1)!, d.SummedBias);
        _r = d.Own(2)!;
        _peepholes = d.Own(7) is { } p ? [.. Enumerable.Range(0, 3).Select(k => d.Rows(p, k * d.Size, (k + 1) * d.Size))] : null;
        _coupled = d.Node.Int("input_forget", 0) != 0;
    }

    public override RecurrentState Step(int t, RecurrentState before)
    {
        (GraphWriter ops, long size) = (_d.Ops, _d.Size);
        string i, o, forget, candidate;
        string sums = _d.AddProduct(before.H, _r, _x[t]);
        if (_peepholes is null)
        {
            string[] parts = _d.Node.Split(sums, 1, 3 * size, size);
            string[] gates = _d.Node.Split(_d.Activate(0, parts[0]), 1, size, size, size); // one function for all three
            (i, o, forget, candidate) = (gates[0], gates[1], gates[2], parts[1]);
        }
        else
        {
            string[] parts = _d.Node.Split(sums, 1, size, size, size, size);
            (i, o, forget, candidate) = (_d.Activate(0, Seen(parts[0], 0, before.C)), parts[1], parts[2], parts[3]);
            if (!_coupled) forget = _d.Activate(0, Seen(forget, 2, before.C));
        }
        string c = ops.Mul(i, _d.Activate(1, candidate));
        if (before.C is { } old) c = ops.Add(ops.Mul(_coupled ? ops.Sub(ops.Scalar(1), i) : forget, old), c);
        if (_peepholes is not null) o = _d.Activate(0, Seen(o, 1, c));
        return new(ops.Mul(o, _d.Apply(2, c)), c);
    }

    /// <summary>A gate's sum with what it sees of the cell state.</summary>
    string Seen(string sum, int gate, string? c) => c is null ? sum : _d.Ops.Add(sum, _d.Ops.Mul(_peepholes![gate], c));
}
