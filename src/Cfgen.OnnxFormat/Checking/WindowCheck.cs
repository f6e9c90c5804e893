namespace Cfgen.OnnxFormat.Checking;

/// <summary>Checks that the numbers of a window (kernel, strides, dilations, pads) are as many as the picture has axes, and that a
/// convolution's groups divide its channels.</summary>
sealed class WindowCheck(Refusal refusal)
{
    /// <summary>Attributes with a number for each axis of the picture; "pads" has two.</summary>
    static readonly string[] s_lists = ["kernel_shape", "strides", "dilations", "output_padding", "pads"];

    /// <summary>Does nothing where the node is sound, or of an operator without a window.</summary>
    /// <param name="node">A node whose inputs have the numbers of axes that the operator asks for.</param>
    /// <param name="shape">The shape of a value, -1 for a length that is not known; null where nothing is.</param>
    /// <exception cref="ModelFormatException">Numbers that do not fit each other.</exception>
    public void Check(NodeProto node, Func<string, IReadOnlyList<long>?> shape)
    {
        bool isConvolution = node.OpType is "Conv" or "ConvTranspose" or "FusedConv";
        if (!isConvolution && node.OpType is not ("MaxPool" or "AveragePool" or "LpPool" or "ConvInteger" or "QLinearConv")) return;
        IReadOnlyList<long>? x = shape(node.Input[0]), weights = isConvolution ? shape(node.Input[1]) : null;
        int? axes = (x ?? weights)?.Count - 2;
        foreach (string name in s_lists) CheckList(node, name, axes);
        if (!isConvolution) return;
        if (x is not null && weights is not null && x.Count != weights.Count)
            throw Wrong(node, $"{weights.Count} axes of weights for {x.Count} of data", "as many");
        if (weights is not null) CheckWeights(node, x, weights);
    }

    void CheckList(NodeProto node, string name, int? axes)
    {
        if (node.Find(name) is not { RefAttrName.Length: 0, Ints: { Count: > 0 } numbers }) return;
        int each = name == "pads" ? 2 : 1;
        if (axes is { } count && numbers.Count != each * count)
            throw Wrong(
                node, $"'{name}' of {numbers.Count} numbers", $"{each * count}, {(each == 1 ? "one" : "two")} for each of {count} axes");
        if (axes is null && each == 2 && numbers.Count % 2 != 0)
            throw Wrong(node, $"'{name}' of {numbers.Count} numbers", "two for each axis");
    }

    /// <summary>Weights [M, C/group, k...], or [C, M/group, k...] of a transposed convolution.</summary>
    void CheckWeights(NodeProto node, IReadOnlyList<long>? x, IReadOnlyList<long> weights)
    {
        long group = node.Find("group") is { RefAttrName.Length: 0 } attribute ? attribute.I : 1;
        if (weights[0] >= 0 && (weights[0] == 0 || weights[0] % group != 0))
            throw Wrong(node, $"{weights[0]} kernels in {group} groups", "a number of kernels that the groups divide");
        if (x is not null && x[1] >= 0)
        {
            long channels = node.OpType == "ConvTranspose" ? weights[0] : weights[1] < 0 ? -1 : weights[1] * group;
            if (channels >= 0 && channels != x[1]) throw Wrong(node, $"{x[1]} channels of data", $"{channels}, as the weights have");
        }
        if (node.Find("kernel_shape") is not { RefAttrName.Length: 0, Ints: { Count: > 0 } kernel }) return;
        for (int i = 0; i < kernel.Count; i++)
        {
            if (weights[i + 2] >= 0 && weights[i + 2] != kernel[i])
                throw Wrong(
                    node, $"'kernel_shape' of {string.Join(" x ", kernel)}",
                    $"{string.Join(" x ", weights.Skip(2))}, as the weights have");
        }
    }

    ModelFormatException Wrong(NodeProto node, string found, string expected) =>
        refusal.Of(
            node, "node-window-wrong", "a window does not fit what it goes over", FormattableString.Invariant($"{found}"), expected);
}
