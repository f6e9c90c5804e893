using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat.Normalisation.Decompositions;

/// <summary>Scaled dot-product attention: Vaswani et al. 2017, "Attention Is All You Need", section 3.2.1.</summary>
static class AttentionDecomposition
{
    /// <summary>Stands for -∞, but leaves a row that is masked altogether finite.</summary>
    const double Masked = float.MinValue;

    static readonly string[] s_inputs = ["", "", "", "", "past_key", "past_value", "nonpad_kv_seqlen"];
    static readonly string[] s_outputs = ["", "present_key", "present_value", "qk_matmul_output"];

    /// <summary>
    /// y = softmax(scale q kᵀ + mask) v, with q, k, v [N, heads, positions, D] or [N, positions, heads * D]. Several heads
    /// of q may share one of k and v.
    /// </summary>
    public static IReadOnlyList<string> Attention(DecomposedNode n)
    {
        RefuseMemory(n);
        GraphWriter ops = n.Ops;
        bool flat = n.Known(0).Lengths.Count == 3;
        long heads = flat ? n.Int("q_num_heads", 0) : n.Length(0, 1), shared = flat ? n.Int("kv_num_heads", 0) : n.Length(1, 1);
        if (heads <= 0 || shared <= 0 || heads % shared != 0)
            throw n.Refuse($"{heads} heads of queries and {shared} of keys", "heads of queries that are a multiple of those of keys");
        long size = flat ? n.Length(0, 2) / heads : n.Length(0, 3);
        double scale = n.Float("scale", absent: 0) is not 0 and var given ? given : 1 / Math.Sqrt(size);

        string q = Heads(n, 0, heads, flat), k = Repeated(n, 1, Heads(n, 1, shared, flat), heads, shared, flat),
            v = Repeated(n, 2, Heads(n, 2, shared, flat), heads, shared, flat);
        string scores = ops.MatMul(ops.Mul(q, ops.Scalar(scale)), ops.Transpose(k, 0, 1, 3, 2));
        string y = ops.MatMul(ops.Softmax(Mask(n, Capped(n, scores), flat), -1), v);
        return [flat ? ops.Reshape(ops.Transpose(y, 0, 2, 1, 3), ops.Longs(0, 0, heads * (n.Length(2, 2) / shared))) : y];
    }

    static void RefuseMemory(DecomposedNode n)
    {
        string? unsupported = s_inputs.Where((name, i) => name.Length > 0 && n.Has(i))
            .Concat(s_outputs.Where((name, i) => name.Length > 0 && n.Makes(i))).FirstOrDefault();
        if (unsupported is not null) throw n.Refuse(unsupported, "attention within one call: q, k, v and a mask");
    }

    /// <summary>[N, heads, positions, D].</summary>
    static string Heads(DecomposedNode n, int i, long heads, bool flat) =>
        flat ? n.Ops.Transpose(n.Ops.Reshape(n.Input(i), n.Ops.Longs(0, 0, heads, n.Length(i, 2) / heads)), 0, 2, 1, 3) : n.Input(i);

    /// <summary>Each head of keys or values, once for every head of queries that reads it.</summary>
    static string Repeated(DecomposedNode n, int i, string x, long heads, long shared, bool flat)
    {
        if (heads == shared) return x;
        (long positions, long size) = flat ? (n.Length(i, 1), n.Length(i, 2) / shared) : (n.Length(i, 2), n.Length(i, 3));
        return n.Ops.Reshape(
            n.Ops.Expand(n.Ops.Unsqueeze(x, 2), n.Ops.Longs(1, 1, heads / shared, 1, 1)), n.Ops.Longs(0, heads, positions, size));
    }

    /// <summary>c tanh(scores / c), before the mask: a cap would bring masked scores back.</summary>
    static string Capped(DecomposedNode n, string scores)
    {
        double cap = n.Float("softcap", absent: 0);
        return cap == 0 ? scores : n.Ops.Mul(n.Ops.Tanh(n.Ops.Mul(scores, n.Ops.Scalar(1 / cap))), n.Ops.Scalar(cap));
    }

    static string Mask(DecomposedNode n, string scores, bool flat)
    {
        GraphWriter ops = n.Ops;
        if (n.Has(3))
        {
            bool chooses = n.Known(3).Type == DataType.Bool;
            scores = ops.Add(scores, chooses ? ops.Where(n.Input(3), ops.Scalar(0), ops.Scalar(Masked)) : n.Input(3));
        }
        return n.Int("is_causal", 0) == 0 ? scores : ops.Add(scores, Causal(n, n.Length(0, flat ? 1 : 2), n.Length(1, flat ? 1 : 2)));
    }

    /// <summary>Query i reads keys 0 to i.</summary>
    static string Causal(DecomposedNode n, long queries, long keys)
    {
        double[] mask = new double[queries * keys];
        for (long i = 0; i < queries; i++) for (long j = i + 1; j < keys; j++) mask[i * keys + j] = Masked;
        return n.Ops.Real(mask, queries, keys);
    }
}
