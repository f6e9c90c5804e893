using static Cfgen.OnnxFormat.Attributes;

namespace Cfgen.OnnxFormat.Normalisation.Decompositions;

/// <summary>A product with what comes before or after it in one operator.</summary>
static class FusedDecompositions
{
    /// <summary>y = activation(Conv(x, w, b) + z); b and z may be absent.</summary>
    public static IReadOnlyList<string> Conv(DecomposedNode n)
    {
        string[] inputs = [n.Input(0), n.Input(1), .. n.Has(2) ? [n.Input(2)] : Array.Empty<string>()];
        string y = n.Ops.Emit("Conv", inputs, [.. n.Node.Attribute.Where(a => a.Name is not ("activation" or "activation_params"))]);
        return [Activate(n, n.Has(3) ? n.Ops.Add(y, n.Input(3)) : y)];
    }

    static string Activate(DecomposedNode n, string x)
    {
        float[] parameters = n.Floats("activation_params");
        return (n.Text("activation"), parameters.Length) switch
        {
            (null or "", _) => x,
            ("Relu" or "Sigmoid" or "Tanh", _) => n.Ops.Emit(n.Text("activation")!, [x]),
            ("LeakyRelu", 1) => n.Ops.Emit("LeakyRelu", [x], Attribute("alpha", parameters[0])),
            ("Clip", 2) => n.Ops.Clip(x, parameters[0], parameters[1]),
            ("HardSigmoid", 2) => n.Ops.Emit("HardSigmoid", [x], Attribute("alpha", parameters[0]), Attribute("beta", parameters[1])),
            var (name, count) => throw n.Refuse(
                $"activation {name} with {count} parameters",
                "Relu, Sigmoid, Tanh, LeakyRelu with 1 parameter, Clip or HardSigmoid with 2"),
        };
    }

    /// <summary>y = α a b, where the last two axes of a factor may be swapped first.</summary>
    public static IReadOnlyList<string> MatMul(DecomposedNode n)
    {
        if (n.Int("transBatchA", 0) != 0 || n.Int("transBatchB", 0) != 0)
            throw n.Refuse("transBatchA or transBatchB", "matrices in the last two axes");
        string product = n.Ops.MatMul(Factor(n, 0, "transA"), Factor(n, 1, "transB"));
        double alpha = n.Float("alpha", absent: 1);
        return [alpha == 1 ? product : n.Ops.Mul(product, n.Ops.Scalar(alpha))];
    }

    /// <summary>A vector has nothing to swap.</summary>
    static string Factor(DecomposedNode n, int i, string swapped)
    {
        if (n.Int(swapped, 0) == 0) return n.Input(i);
        int rank = n.Known(i).Lengths.Count;
        if (rank < 2) return n.Input(i);
        long[] perm = [.. Enumerable.Range(0, rank).Select(axis => (long)axis)];
        (perm[^2], perm[^1]) = (perm[^1], perm[^2]);
        return n.Ops.Transpose(n.Input(i), perm);
    }
}
