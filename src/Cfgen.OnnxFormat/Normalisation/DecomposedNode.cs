using static Cfgen.OnnxFormat.Attributes;

namespace Cfgen.OnnxFormat.Normalisation;

/// <summary>A node that is being replaced, and the writer of what it stands for.</summary>
/// <param name="node">Not changed.</param>
/// <param name="graph">Where the node stood.</param>
/// <param name="ops">Writes there.</param>
/// <param name="known">Type and shape of a value, null where they are unknown.</param>
sealed class DecomposedNode(NodeProto node, GraphProto graph, GraphWriter ops, Func<string, KnownValue?> known)
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

    public string[] Texts(string name) => Find(name) is { } attribute ? [.. attribute.Strings.Select(s => s.ToStringUtf8())] : [];

    /// <summary>Type and shape of x_i.</summary>
    /// <exception cref="ModelFormatException">They are unknown.</exception>
    public KnownValue Known(int i) =>
        known(Input(i)) ?? throw Refuse($"'{Input(i)}' of unknown shape", "a shape that depends on nothing but the batch");

    /// <summary>Length of an axis of x_i that does not follow the batch.</summary>
    /// <exception cref="ModelFormatException">It follows the batch.</exception>
    public long Length(int i, int axis) =>
        Known(i).Lengths[axis] ?? throw Refuse($"'{Input(i)}' with an axis {axis} that follows the batch", "a fixed length");

    /// <summary>Writes a node of several outputs.</summary>
    /// <param name="opType">Of the standard operators.</param>
    /// <param name="name">Of the node; its outputs are named after the operator.</param>
    /// <param name="inputs">An empty name is an input left out.</param>
    /// <param name="outputs">How many.</param>
    /// <param name="attributes">Of the node.</param>
    public string[] Emit(string opType, string name, IEnumerable<string> inputs, int outputs, params IEnumerable<AttributeProto> attributes)
    {
        string[] made = [.. Enumerable.Range(0, outputs).Select(_ => ops.Fresh(opType))];
        graph.Node.Add(new NodeProto { OpType = opType, Name = name, Input = { inputs }, Output = { made }, Attribute = { attributes } });
        return made;
    }

    /// <summary>x in parts of these lengths along an axis.</summary>
    public string[] Split(string x, int axis, params long[] lengths) =>
        Emit("Split", ops.Fresh("Split"), [x, ops.Longs(lengths)], lengths.Length, Attribute("axis", axis));

    /// <summary>x in so many parts of one length along its first axis, whatever that length is.</summary>
    public string[] SplitEvenly(string x, int parts) =>
        parts == 1 ? [x] : Emit("Split", ops.Fresh("Split"), [x], parts, Attribute("axis", 0), Attribute("num_outputs", parts));

    /// <summary>The error for a use of the operator that has no decomposition.</summary>
    public ModelFormatException Refuse(string found, string expected) =>
        new(new("use-unsupported", $"this use of {node.OpType} cannot be written as standard operators")
        {
            Where = $"node '{node.Name}'",
            Found = found,
            Expected = expected,
            Fix = "export the model without it",
        });

    AttributeProto? Find(string name) => node.Find(name);
}
