namespace Cfgen.OnnxFormat.Checking;

/// <summary>The shapes of what operators make that move elements, choose some of them, or lay them out anew.</summary>
static class RearrangedShape
{
    /// <summary>The output's shape, -1 for a length that is not known; null where even the number of axes is not, and of other
    /// operators.</summary>
    /// <param name="node">Any node.</param>
    /// <param name="data">Shape of its first input.</param>
    /// <param name="numbers">The numbers of input i, where they are known.</param>
    public static double[]? Of(NodeProto node, double[] data, Func<int, double[]?> numbers) => node.OpType switch
    {
        "Transpose" => Transposed(node, data),
        "Reshape" => numbers(1) is { } target ? Reshaped(data, target) : null,
        "Flatten" => Flattened(node, data),
        "Squeeze" => Axes(node, numbers, data.Length) is { } axes ? [.. data.Where((_, i) => !axes.Contains(i))] : null,
        "Unsqueeze" =>
            (node.Find("axes")?.Ints.Count ?? numbers(1)?.Length) is { } added && Axes(node, numbers, data.Length + added) is { } axes
                ? Unsqueezed(data, axes) : null,
        _ => null,
    };

    static double[]? Transposed(NodeProto node, double[] data)
    {
        if (node.Find("perm") is not { Ints: { Count: > 0 } perm }) return [.. data.Reverse()];
        return perm.Count == data.Length && perm.All(axis => axis >= 0 && axis < data.Length) ? [.. perm.Select(axis => data[axis])] : null;
    }

    /// <summary>0 is a length as the data has it, one -1 is what is left.</summary>
    static double[]? Reshaped(double[] data, double[] target)
    {
        double[] shape = [.. target.Select((length, i) => length == 0 && i < data.Length ? data[i] : length)];
        int free = Array.IndexOf(shape, -1);
        if (free < 0 || data.Any(d => d < 0)) return shape;
        double known = shape.Where((_, i) => i != free).Aggregate(1.0, (a, b) => a * b);
        shape[free] = known > 0 ? Math.Floor(data.Aggregate(1.0, (a, b) => a * b) / known) : -1;
        return shape;
    }

    static double[]? Flattened(NodeProto node, double[] data)
    {
        long axis = node.Find("axis")?.I ?? 1;
        if (axis < 0) axis += data.Length;
        if (axis < 0 || axis > data.Length) return null;
        return [Product(data.Take((int)axis)), Product(data.Skip((int)axis))];
    }

    static double[]? Unsqueezed(double[] data, HashSet<int> axes)
    {
        Queue<double> lengths = new(data);
        double[] shape = new double[data.Length + axes.Count];
        for (int i = 0; i < shape.Length; i++) shape[i] = axes.Contains(i) ? 1 : lengths.TryDequeue(out double length) ? length : -1;
        return shape;
    }

    static HashSet<int>? Axes(NodeProto node, Func<int, double[]?> numbers, int rank)
    {
        IEnumerable<double>? axes = node.Find("axes")?.Ints.Select(axis => (double)axis) ?? numbers(1);
        return axes is null || axes.Any(axis => !(axis >= -rank && axis < rank)) ? null
            : [.. axes.Select(axis => (int)(axis < 0 ? axis + rank : axis))];
    }

    static double Product(IEnumerable<double> lengths) => lengths.Any(length => length < 0) ? -1 : lengths.Aggregate(1.0, (a, b) => a * b);
}
