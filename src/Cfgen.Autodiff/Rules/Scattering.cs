namespace Cfgen.Autodiff.Rules;

/// <summary>Adds values at indices to zeros in the shape of x: the transpose of reading x there.</summary>
static class Scattering
{
    const int Since = 16; // the first opset that can add at indices

    /// <summary>Along one axis, with an index for every value; several at one place add up.</summary>
    public static string Along(GradientContext n, string indices, string values, long axis)
    {
        RequireOpset(n);
        return n.Ops.ScatterElementsAdd(n.ZerosLike(0), indices, values, axis);
    }

    /// <summary>At index tuples; several at one place add up.</summary>
    public static string AtTuples(GradientContext n, string indices, string values)
    {
        RequireOpset(n);
        return n.Ops.ScatterNDAdd(n.ZerosLike(0), indices, values);
    }

    static void RequireOpset(GradientContext n)
    {
        if (n.Ops.Opset < Since) throw n.Refuse($"opset {n.Ops.Opset}", $"opset {Since}, the first that can add at indices");
    }
}
