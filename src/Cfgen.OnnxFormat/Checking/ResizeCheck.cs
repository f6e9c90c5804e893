namespace Cfgen.OnnxFormat.Checking;

/// <summary>Checks the scales or sizes of Resize, and of Upsample before it.</summary>
sealed class ResizeCheck(Refusal refusal)
{
    /// <summary>
    /// The sizes that constant scales or sizes give the output, -1 where the data's own is not known, and whether they are its shape; null
    /// where nothing is known.
    /// </summary>
    /// <exception cref="ModelFormatException">
    /// There is not one scale or size for each dimension, or each axis that the node names.
    /// </exception>
    public (double[] Sizes, bool AreWhole)? Check(NodeProto node, Scope scope)
    {
        // The first version had (data, scales), and the oldest Upsample an attribute; since then it is (data, region, scales, sizes).
        double[]? scales = [.. Attribute(node, "scales")?.Floats.Select(s => (double)s) ?? []], sizes = null;
        if (scales.Length == 0) scales = UnfoldedShape.Numbers(node, scope, node.Input.Count == 2 ? 1 : 2);
        if (scales is null or []) (scales, sizes) = (null, UnfoldedShape.Numbers(node, scope, 3));
        if ((scales ?? sizes) is not { Length: > 0 } given || node.Input.Count == 0) return null;

        AttributeProto? axes = Attribute(node, "axes");
        IReadOnlyList<long>? data = scope.Shape(node.Input[0]);
        int? expected = axes?.Ints.Count ?? data?.Count;
        if (expected is { } count && given.Length != count)
        {
            string kind = scales is null ? "sizes" : "scales";
            throw refusal.Of(
                node, "resize-scales-wrong", $"a node resizes by {kind} that do not fit its data", $"{given.Length} {kind}",
                axes is null ? $"{count}, one for each dimension" : $"{count}, one for each of its axes");
        }
        // the sizes are bounds only
        if (scales is null && Attribute(node, "keep_aspect_ratio_policy") is { } policy && policy.S.ToStringUtf8() != "stretch")
            return null;
        return Sizes(given, scales is not null, axes, data) is { } resized ? (resized, data is not null && data.All(d => d >= 0)) : null;
    }

    static double[]? Sizes(double[] given, bool areScales, AttributeProto? axes, IReadOnlyList<long>? data)
    {
        if (data is null && axes is not null) return null;
        int rank = data?.Count ?? given.Length;
        double[] sizes = new double[rank];
        for (int i = 0; i < rank; i++) sizes[i] = data is null ? -1 : data[i];
        for (int i = 0; i < given.Length; i++)
        {
            long axis = axes?.Ints[i] ?? i;
            if (axis < 0) axis += rank;
            if (axis < 0 || axis >= rank) return null;
            // A factor on a dimension that is not known makes at least that many of it.
            sizes[axis] = !areScales ? given[i] : sizes[axis] >= 0 ? Math.Floor(sizes[axis] * given[i]) : given[i] > 1 ? given[i] : -1;
        }
        return sizes;
    }

    static AttributeProto? Attribute(NodeProto node, string name)
    {
        foreach (AttributeProto attribute in node.Attribute)
        {
            if (attribute.Name == name && attribute.RefAttrName.Length == 0) return attribute;
        }
        return null;
    }
}
