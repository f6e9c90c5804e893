namespace Cfgen.OnnxFormat;

/// <summary>Reshaping. A shape that a value had for a moment is passed over: each node costs the runtime about a microsecond.</summary>
public sealed partial class GraphWriter
{
    /// <summary>x in another shape.</summary>
    public string Reshape(string x, string shape) => Emit("Reshape", [LongsOf(shape) is { } lengths && !lengths.Contains(0) ? Unshaped(x) : x, shape]);

    public string Squeeze(string x, params ReadOnlySpan<long> axes)
    {
        if (axes.IsEmpty) return x;
        if (ReshapedTo(x) is not { } shape) return Emit("Squeeze", [x, Longs(axes)]);
        HashSet<long> left = [];
        foreach (long axis in axes) left.Add(axis < 0 ? axis + shape.Length : axis);
        return Reshape(x, Longs([.. shape.Where((_, a) => !left.Contains(a))]));
    }

    public string Unsqueeze(string x, params ReadOnlySpan<long> axes)
    {
        if (axes.IsEmpty) return x;
        if (ReshapedTo(x) is not { } shape) return Emit("Unsqueeze", [x, Longs(axes)]);
        int rank = shape.Length + axes.Length;
        List<long> longer = [.. shape];
        foreach (int axis in axes.ToArray().Select(a => (int)(a < 0 ? a + rank : a)).Order()) longer.Insert(axis, 1);
        return Reshape(x, Longs([.. longer]));
    }

    /// <summary>The value that another one is in a different shape.</summary>
    string Unshaped(string x)
    {
        while (Written(x) is { OpType: "Reshape" or "Squeeze" or "Unsqueeze" } node) x = node.Input[0];
        return x;
    }

    /// <summary>The lengths that a value was reshaped to here, of which one may be -1; null where it was not or some were left as they are.</summary>
    long[]? ReshapedTo(string x) => Written(x) is { OpType: "Reshape" } node && LongsOf(node.Input[1]) is { } lengths && !lengths.Contains(0) ? lengths : null;

    long[]? LongsOf(string name) => Constant(name)?.ToLongs();
}
