namespace Cfgen.OnnxFormat.Normalisation.Decompositions;

/// <summary>Turns pairs of features by an angle that grows with the position: Su et al. 2021, "RoFormer", section 3.4.</summary>
static class RotaryEmbeddingDecomposition
{
    /// <summary>The axis of the features, once heads have an axis of their own.</summary>
    const int FeatureAxis = 3;

    /// <summary>
    /// x [N, heads, positions, D] or [N, positions, heads * D]; cosines and sines [N, positions, R/2], or [any, R/2] with
    /// position_ids [N, positions] that choose their rows. The first R of the D features are turned.
    /// </summary>
    public static IReadOnlyList<string> RotaryEmbedding(DecomposedNode n)
    {
        GraphWriter ops = n.Ops;
        bool flat = n.Known(0).Lengths.Count == 3;
        long size = n.Length(0, flat ? 2 : FeatureAxis);
        if (flat)
        {
            long heads = n.Int("num_heads", 0);
            if (heads <= 0 || size % heads != 0)
                throw n.Refuse($"{size} features and num_heads {heads}", "a num_heads that divides the features");
            size /= heads;
        }
        long turned = n.Int("rotary_embedding_dim", 0) is > 0 and var some ? some : size;
        string x = flat ? ops.Reshape(n.Input(0), ops.Longs(0, 0, -1, size)) : n.Input(0);
        string y = Turn(n, turned == size ? x : ops.Slice(x, [0], [turned], [FeatureAxis]), turned, headAxis: flat ? 2 : 1);
        if (turned < size) y = ops.Concat([y, ops.Slice(x, [turned], [size], [FeatureAxis])], FeatureAxis);
        return [flat ? ops.Reshape(y, ops.Longs(0, 0, -1)) : y];
    }

    /// <summary>(a, b) to (a cos - b sin, a sin + b cos): pairs lie side by side, or in two halves.</summary>
    static string Turn(DecomposedNode n, string x, long size, int headAxis)
    {
        GraphWriter ops = n.Ops;
        bool sideBySide = n.Int("interleaved", 0) != 0;
        int pairAxis = sideBySide ? FeatureAxis + 1 : FeatureAxis;
        string pairs = ops.Reshape(x, sideBySide ? ops.Longs(0, 0, 0, size / 2, 2) : ops.Longs(0, 0, 0, 2, size / 2));
        string a = ops.Gather(pairs, ops.LongScalar(0), pairAxis), b = ops.Gather(pairs, ops.LongScalar(1), pairAxis);
        string cos = Angles(n, 1, headAxis), sin = Angles(n, 2, headAxis);
        string first = ops.Sub(ops.Mul(a, cos), ops.Mul(b, sin)), second = ops.Add(ops.Mul(a, sin), ops.Mul(b, cos));
        string turned = ops.Concat([ops.Unsqueeze(first, pairAxis), ops.Unsqueeze(second, pairAxis)], pairAxis);
        return ops.Reshape(turned, ops.Longs(0, 0, 0, size));
    }

    /// <summary>Cosines or sines, the same for every head.</summary>
    static string Angles(DecomposedNode n, int i, int headAxis) =>
        n.Ops.Unsqueeze(n.Has(3) ? n.Ops.Gather(n.Input(i), n.Input(3), 0) : n.Input(i), headAxis);
}
