namespace Cfgen.OnnxFormat.Normalisation;

/// <summary>A node that is being replaced, and the writer of what it stands for.</summary>
/// <param name="node">Not changed.</param>
/// <param name="ops">Writes where the node stood.</param>
/// <param name="known">Type and shape of a value, null where they are unknown.</param>
sealed class DecomposedNode(NodeProto node, GraphWriter ops, Func<string, KnownValue?> known)
{
    public GraphWriter Ops => ops;

    public NodeProto Node => node;

    /// <summary>Input i, x_i.</summary>
    public string Input(int i) => node.Input[i];

    /// <summary>Whether the optional input i is given.</summary>
    public bool Has(int i) => i < node.Input.Count && node.Input[i].Length > 0;

    /// <summary>Whether output i is used by name.</summary>
    public bool Makes(int i) => i < node.Output.Count && node.Output[i].Length > 0;

    public double Float(string name, double absent) => Find(name)?.F ?? absent;

    public long Int(string name, long absent) => Find(name)?.I ?? absent;

    public string? Text(string name) => Find(name)?.S.ToStringUtf8();

    public long[]? Ints(string name) => Find(name) is { } attribute ? [.. attribute.Ints] : null;

    public float[] Floats(string name) => Find(name) is { } attribute ? [.. attribute.Floats] : [];

    /// <summary>Type and shape of x_i.</summary>
    /// <exception cref="ModelFormatException">They are unknown.</exception>
    public KnownValue Known(int i) => known(Input(i)) ?? throw Refuse($"'{Input(i)}' of unknown shape", "a shape that depends on nothing but the batch");

    /// <summary>Length of an axis of x_i that does not follow the batch.</summary>
    /// <exception cref="ModelFormatException">It follows the batch.</exception>
    public long Length(int i, int axis) => Known(i).Lengths[axis] ?? throw Refuse($"'{Input(i)}' with an axis {axis} that follows the batch", "a fixed length");

    /// <summary>The error for a use of the operator that has no decomposition.</summary>
    public ModelFormatException Refuse(string found, string expected) =>
        new(new("use-unsupported", $"this use of {node.OpType} cannot be written as standard operators") { Where = $"node '{node.Name}'", Found = found, Expected = expected, Fix = "export the model without it" });

    AttributeProto? Find(string name) => node.Attribute.FirstOrDefault(a => a.Name == name);
}
