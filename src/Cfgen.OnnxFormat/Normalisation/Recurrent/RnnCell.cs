namespace Cfgen.OnnxFormat.Normalisation.Recurrent;

/// <summary>h' = f(x Wᵀ + h Rᵀ + Wb + Rb).</summary>
sealed class RnnCell(RecurrentDirection d) : RecurrentCell
{
    readonly string[] _x = d.Project(d.Own(1)!, d.SummedBias);
    readonly string _r = d.Own(2)!;

    public override RecurrentState Step(int t, RecurrentState before) => new(d.Activate(0, d.AddProduct(before.H, _r, _x[t])), null);
}
