namespace Cfgen.Inference.Preparation;

/// <summary>
/// Which axes of a full weight [N, o, i, k...] the axes of a value run over: of a weight [N * o, i, k...] the first axis runs over two, the
/// slower one in front, and an axis of length 1 over none. It is followed from a value to those that the value was made of.
/// </summary>
sealed class WeightLayout
{
    /// <summary>Axes of the full weight; those of the kernel follow.</summary>
    public const int Batch = 0, Out = 1, In = 2, Kernel = 3;

    readonly int[][] _axes;

    /// <param name="full">Lengths of the full weight, none of them 0.</param>
    /// <param name="axes">For each axis of the value, the axes of the full weight.</param>
    public WeightLayout(IReadOnlyList<long> full, IEnumerable<int[]> axes)
    {
        Full = full;
        _axes = [.. axes.Select(axis => axis.Where(a => full[a] > 1).ToArray())];
        Axes = [.. _axes.SelectMany(axis => axis)];
    }

    /// <summary>Lengths of the full weight.</summary>
    public IReadOnlyList<long> Full { get; }

    /// <summary>Axes of the full weight along which the value varies, in the order of its numbers.</summary>
    public IReadOnlyList<int> Axes { get; }

    /// <summary>Whether the value varies along no more than the batch and one of the channel axes, the batch in front.</summary>
    public bool IsOneSided => Axes is [] or [Batch or Out or In] or [Batch, Out or In];

    /// <summary>Whether the value varies along an axis of the full weight.</summary>
    public bool RunsOver(int axis) => Axes.Contains(axis);

    /// <summary>
    /// The layout of the value that this one is in another shape; null where an axis of that one ends within an axis of the full weight.
    /// </summary>
    public WeightLayout? Reshaped(IReadOnlyList<long> lengths)
    {
        List<int[]> axes = [];
        int next = 0;
        foreach (long length in lengths)
        {
            int first = next;
            long product = 1;
            while (product < length && next < Axes.Count) product *= Full[Axes[next++]];
            if (product != length) return null;
            axes.Add([.. Axes.Skip(first).Take(next - first)]);
        }
        return next == Axes.Count ? new(Full, axes) : null;
    }

    /// <summary>The layout of the value whose axes this one has in the order of <paramref name="perm"/>; without it, in reverse.</summary>
    public WeightLayout Transposed(IReadOnlyList<long>? perm)
    {
        int[][] axes = new int[_axes.Length][];
        for (int a = 0; a < axes.Length; a++) axes[perm is null ? axes.Length - 1 - a : (int)perm[a]] = _axes[a];
        return new(Full, axes);
    }

    /// <summary>The layout of one of the factors that this value is the product of: where its length is 1, it does not vary.</summary>
    public WeightLayout Operand(IReadOnlyList<long> lengths)
    {
        int lead = _axes.Length - lengths.Count;
        return new(Full, lengths.Select((length, a) => length == 1 ? [] : _axes[a + lead]));
    }
}
