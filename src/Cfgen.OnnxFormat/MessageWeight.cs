namespace Cfgen.OnnxFormat;

/// <summary>
/// Weighs a file before it is parsed, by skipping through its fields: a few bytes of protobuf stand for an object of some
/// hundred, so that a file of megabytes could fill the memory.
/// </summary>
/// <param name="name">What to call the file in an error: usually its path.</param>
sealed class MessageWeight(string name)
{
    /// <summary>
    /// Most that the parts of a model may take in memory, in bytes, as <see cref="Bytes"/> guesses them; weights are not counted. Some
    /// 130,000 nodes; large networks have a few ten thousand.
    /// </summary>
    public const long MaxBytes = 80L << 20;

    /// <summary>
    /// Deepest nesting of bodies in a file: each takes three of the hundred messages that the parser reads inside each other, and the rest
    /// is needed for what is in them.
    /// </summary>
    public const int MaxDepth = 30;

    /// <summary>Longest text that is a name, in bytes: one of megabytes would come back in every message.</summary>
    const int MaxName = 1 << 16;

    /// <summary>Fields of one message that its own weight covers: the inputs, outputs and names of a usual node.</summary>
    const int UsualFields = 16;

    /// <summary>Highest field number of the format, in any message. A parser keeps an unknown one in a set of its own.</summary>
    const int HighestField = 30;

    long _bytes;
    long _parts;

    /// <summary>Messages of the format, as far as the way to others leads through them.</summary>
    enum Kind { None, Leaf, Model, Graph, Node, Attribute, Tensor, Sparse, Value, Type, TensorType, Shape, Function }

    /// <summary>Does nothing where the file may be parsed. What is not written as protobuf asks is left to the parser.</summary>
    /// <exception cref="ModelFormatException">The parts are too many, or bodies nest too deeply.</exception>
    public static void Check(ReadOnlySpan<byte> bytes, string name) => new MessageWeight(name).Add(bytes, Kind.Model, 0);

    void Add(ReadOnlySpan<byte> message, Kind kind, int depth)
    {
        if (depth > MaxDepth)
            throw Refuse(
                "bodies-too-deep", "the model nests bodies too deeply", $"more than {MaxDepth} inside each other", $"at most {MaxDepth}");
        int at = 0, fields = 0;
        while (at < message.Length && WireField.TryRead(message, ref at, out WireField field))
        {
            Kind child = field.HasLength ? Child(kind, field.Number) : Kind.None;
            _bytes += child is Kind.None ? BytesOfField(kind, field, ++fields) : Bytes(child);
            if (child is not Kind.None || fields > UsualFields) _parts++;
            if (_bytes > MaxBytes) throw TooManyParts();
            if (child is not Kind.None)
                Add(message.Slice(field.Start, field.Length), child, child is Kind.Graph && kind is Kind.Attribute ? depth + 1 : depth);
            else if (field.HasLength && field.Length > MaxName && IsName(kind, field.Number))
                throw NameTooLong(field.Length);
        }
    }

    ModelFormatException TooManyParts() => Refuse(
        "model-too-many-parts", "the model has too many nodes, attributes, tensors and declarations", $"more than {_parts - 1:N0} of them",
        $"what takes at most {MaxBytes >> 20} MiB in memory, weights not counted", "export the model without unrolled loops, or in parts");

    ModelFormatException NameTooLong(long length) =>
        Refuse("name-too-long", "the model holds too long a name", $"one of {length:N0} bytes", $"at most {MaxName:N0}");

    ModelFormatException Refuse(
        string code, string what, FormattableString found, FormattableString expected, string fix = "export the model again") =>
        new(new(code, what)
        {
            Where = name,
            Found = FormattableString.Invariant(found),
            Expected = FormattableString.Invariant(expected),
            Fix = fix,
        });

    /// <summary>What a number, a text or a list of numbers takes beyond its message, about.</summary>
    static long BytesOfField(Kind kind, WireField field, int fields) => (kind, field.Number) switch
    {
        (_, > HighestField) => 120,
        (Kind.Tensor, 1) or (Kind.Attribute, 8) or (Kind.Sparse, 3) when field.HasLength => 8L * field.Length, // int64, from one byte each
        _ when fields <= UsualFields => 0,
        _ => field.HasLength ? 60 : 8,
    };

    /// <summary>Whether a text names something, or an operator.</summary>
    static bool IsName(Kind kind, int field) => (kind, field) switch
    {
        (Kind.Node, 1 or 2 or 3 or 4 or 7 or 8) or (Kind.Graph, 2) or (Kind.Tensor, 8) or (Kind.Value, 1) or (Kind.Attribute, 1 or 21)
            or (Kind.Function, 1 or 4 or 5 or 6 or 10 or 13) => true,
        _ => false,
    };

    /// <summary>The message that a field holds; none for numbers and texts. Field numbers are those of onnx.proto.</summary>
    static Kind Child(Kind kind, int field) => (kind, field) switch
    {
        (Kind.Model, 7) or (Kind.Attribute, 6 or 11) => Kind.Graph,
        (Kind.Model, 25) => Kind.Function,
        (Kind.Graph, 1) or (Kind.Function, 7) => Kind.Node,
        (Kind.Node, 5) or (Kind.Function, 11) => Kind.Attribute,
        (Kind.Graph, 5) or (Kind.Attribute, 5 or 10) or (Kind.Sparse, 1 or 2) => Kind.Tensor,
        (Kind.Graph, 15) or (Kind.Attribute, 22 or 23) => Kind.Sparse,
        (Kind.Graph, 11 or 12 or 13) or (Kind.Function, 12) => Kind.Value,
        (Kind.Value, 2) => Kind.Type,
        (Kind.Type, 1) => Kind.TensorType,
        (Kind.TensorType, 2) => Kind.Shape,
        (Kind.Model, 8 or 14) or (Kind.Graph, 16) or (Kind.Node, 9) or (Kind.Tensor, 13) or (Kind.Value, 4) or (Kind.Shape, 1)
            or (Kind.Function, 9 or 14) => Kind.Leaf,
        _ => Kind.None,
    };

    /// <summary>What an object of the kind takes, about, with its lists and short texts.</summary>
    static int Bytes(Kind kind) => kind switch
    {
        Kind.Graph or Kind.Function or Kind.Node => 600,
        Kind.Tensor => 500,
        Kind.Attribute => 450,
        Kind.Sparse or Kind.Value => 150,
        _ => 80,
    };
}
