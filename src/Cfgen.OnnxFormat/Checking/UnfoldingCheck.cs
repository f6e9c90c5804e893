namespace Cfgen.OnnxFormat.Checking;

/// <summary>
/// Checks how much a node makes of little: a file of some bytes may hold the sizes of a tensor that fills the memory. Sizes are
/// known where they stand in the file as constants; what is computed from fed values is not weighed.
/// </summary>
sealed class UnfoldingCheck(Refusal refusal)
{
    readonly ResizeCheck _resize = new(refusal);

    /// <summary>What is known of a node's first output.</summary>
    /// <param name="node">A node without bodies, whose inputs are all made and whose tensors are checked.</param>
    /// <param name="scope">What is known of its inputs.</param>
    /// <exception cref="ModelFormatException">Its sizes are too large, or do not fit the data.</exception>
    public ValueFacts Check(NodeProto node, Scope scope)
    {
        if (!ModelExtensions.IsStandardDomain(node.Domain)) return ValueFacts.Unknown;
        if (node.OpType == "Constant") return Constant(node);
        bool constant = IsConstant(node, scope);
        if (Unfolded(node, scope) is not { } shape) return constant ? ValueFacts.UnknownConstant : ValueFacts.Unknown;
        double count = 1;
        foreach (double size in shape.Sizes) count *= size < 0 ? 1 : size;
        long limit = constant ? ModelChecker.MaxConstantElements : ModelChecker.MaxElements;
        if (!(count <= limit)) // so that not-a-number is refused too
            throw refusal.Of(node, "constant-too-large", "a node makes too large a tensor of constants", FormattableString.Invariant($"{count} elements"), FormattableString.Invariant($"at most {limit}"), "export the model with smaller fixed sizes");
        return new(null, shape.AreWhole ? Array.ConvertAll(shape.Sizes, size => (long)size) : null, constant);
    }

    /// <summary>
    /// The sizes that a node's constants give its output, -1 where one depends on more; null where nothing is known.
    /// They are whole where they are the output's shape, and not factors on data whose shape is not known.
    /// </summary>
    (double[] Sizes, bool AreWhole)? Unfolded(NodeProto node, Scope scope)
    {
        if (node.OpType is "Resize" or "Upsample") return _resize.Check(node, scope);
        if (node.OpType is not ("ConstantOfShape" or "Expand" or "Tile" or "Range") || Numbers(node, scope, node.OpType is "ConstantOfShape" or "Range" ? 0 : 1) is not { } sizes) return null;
        IReadOnlyList<long>? data = scope.Find(node.Input[0])?.Shape;
        switch (node.OpType)
        {
            case "ConstantOfShape": return (sizes, true);
            case "Expand": return (Broadcast(data ?? [], sizes), data is not null);
            case "Tile":
                if (data is null) return (sizes, false);
                return data.Count == sizes.Length ? ([.. sizes.Select((repeats, i) => data[i] < 0 ? repeats : data[i] * repeats)], data.All(d => d >= 0)) : null;
            default:
                return sizes is [double start] && Numbers(node, scope, 1) is [double limit] && Numbers(node, scope, 2) is [double delta] && delta != 0
                    ? ([Math.Max(0, Math.Ceiling((limit - start) / delta))], true)
                    : null;
        }
    }

    /// <summary>The shape that data of one shape is expanded to, aligned at the last dimension: a size of 1 leaves the data's own.</summary>
    static double[] Broadcast(IReadOnlyList<long> data, double[] sizes)
    {
        double[] shape = new double[Math.Max(data.Count, sizes.Length)];
        for (int i = 1; i <= shape.Length; i++)
        {
            double size = i <= sizes.Length ? sizes[^i] : 1;
            shape[^i] = size != 1 ? size : i <= data.Count ? data[^i] : 1;
        }
        return shape;
    }

    /// <summary>The numbers of an input that stand in the file; null where they do not.</summary>
    internal static double[]? Numbers(NodeProto node, Scope scope, int input) => input < node.Input.Count ? scope.Find(node.Input[input])?.Numbers() : null;

    static ValueFacts Constant(NodeProto node)
    {
        foreach (AttributeProto attribute in node.Attribute)
        {
            if (attribute.RefAttrName.Length == 0 && ModelExtensions.Value(attribute) is { } tensor) return ValueFacts.Of(tensor);
        }
        return ValueFacts.UnknownConstant;
    }

    /// <summary>Whether a runtime may compute the node while loading: it reads constants only, and makes the same of them every time.</summary>
    static bool IsConstant(NodeProto node, Scope scope)
    {
        if (node.Input.Count == 0 || node.OpType is "RandomNormalLike" or "RandomUniformLike" or "Multinomial" or "Bernoulli") return false;
        foreach (string input in node.Input)
        {
            if (input.Length > 0 && scope.Find(input) is not { IsConstant: true }) return false;
        }
        return true;
    }
}
