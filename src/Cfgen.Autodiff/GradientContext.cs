using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff;

/// <summary>What a rule sees of one node of the forward graph: its inputs x, its outputs y, dL/dy, shapes and attributes.</summary>
sealed class GradientContext(
    NodeProto node, IReadOnlyList<string?> outputGradients, DifferentiatedGraph graph, Func<int, bool> needs)
{
    public GraphWriter Ops => graph.Ops;
    public NodeProto Node { get; } = node;

    /// <summary>Who makes and reads the values of the forward graph.</summary>
    public GraphIndex Index => graph.Index;

    /// <summary>The node with another gradient of its first output.</summary>
    public GradientContext With(string outputGradient) => new(Node, [outputGradient, .. outputGradients.Skip(1)], graph, needs);

    /// <summary>The node where fewer gradients of its inputs are needed.</summary>
    public GradientContext NeededWhere(Func<int, bool> isNeeded) => new(Node, outputGradients, graph, i => needs(i) && isNeeded(i));

    /// <summary>dL/dy of the first output.</summary>
    public string OutputGradient => outputGradients[0] ?? throw Refuse("only another output of it is used", "the first output to be used");

    /// <summary>The first output, y.</summary>
    public string Output => Node.Output[0];

    /// <summary>Shape of y.</summary>
    public IReadOnlyList<Dimension> OutputShape => TypeOf(Output).Shape;

    /// <summary>dL/dy_i, or null where output i is not used.</summary>
    public string? OutputGradientOf(int i) => i < outputGradients.Count ? outputGradients[i] : null;

    /// <summary>Element type of x_i.</summary>
    public DataType ElementType(int i) => TypeOf(Input(i)).ElementType;

    /// <summary>Element type of a value.</summary>
    public DataType ElementType(string value) => TypeOf(value).ElementType;

    /// <summary>Shape of a value.</summary>
    public IReadOnlyList<Dimension> ShapeOf(string value) => TypeOf(value).Shape;

    /// <summary>Whether a value is of a type that has gradients.</summary>
    public bool IsReal(string value) => TypeOf(value).IsReal;

    /// <summary>Zeros in the shape of x_i.</summary>
    public string ZerosLike(int i) => ZerosOf(Input(i));

    /// <summary>Zeros in the shape of a value.</summary>
    public string ZerosOf(string value) => Filled(value, 0);

    /// <summary>A number, repeated to the shape of a value.</summary>
    public string Filled(string value, double number)
    {
        IReadOnlyList<Dimension> shape = TypeOf(value).Shape;
        return Ops.Expand(Ops.Scalar(number), shape.All(d => d.IsFixed) ? Ops.Longs([.. shape.Select(d => d.Fixed)]) : Ops.Shape(value));
    }

    /// <summary>Output i, asked for where the node did not make it so far: the forward pass has it anyway.</summary>
    public string RequireOutput(int i)
    {
        while (Node.Output.Count <= i) Node.Output.Add("");
        if (Node.Output[i].Length == 0) Node.Output[i] = Ops.Fresh($"{Node.OpType}_output");
        return Node.Output[i];
    }

    /// <summary>Input i, x_i.</summary>
    public string Input(int i) => Node.Input[i];

    /// <summary>Whether the optional input i is given.</summary>
    public bool Has(int i) => i < Node.Input.Count && Node.Input[i].Length > 0;

    /// <summary>Whether dL/dx_i is asked for.</summary>
    public bool Needs(int i) => Has(i) && needs(i);

    /// <summary>Shape of x_i.</summary>
    public IReadOnlyList<Dimension> Shape(int i) => TypeOf(Input(i)).Shape;

    public double Float(string name, double absent) => Find(name)?.F ?? absent;
    public long Int(string name, long absent) => Find(name)?.I ?? absent;
    public string? Text(string name) => Find(name)?.S.ToStringUtf8();
    public long[]? Ints(string name) => Find(name) is { } attribute ? [.. attribute.Ints] : null;

    /// <summary>Input i as integers known before the graph runs.</summary>
    /// <exception cref="NotDifferentiableException">It is computed at run time.</exception>
    public long[] ConstantLongs(int i) =>
        Ops.Constant(Input(i))?.ToLongs() ?? throw Refuse($"input {i} ('{Input(i)}') is computed at run time", "a constant");

    /// <summary>
    /// Axes given as input i or, in older opsets, as an attribute; null where neither is there. Negative ones are counted from the end.
    /// </summary>
    public long[]? Axes(int i, int rank)
    {
        long[]? axes = Has(i) ? ConstantLongs(i) : Ints("axes");
        return axes is null ? null : [.. axes.Select(a => a < 0 ? a + rank : a)];
    }

    /// <summary>The attribute <c>axis</c>, counted from the front.</summary>
    public int Axis(long absent, int rank)
    {
        long axis = Int("axis", absent);
        return (int)(axis < 0 ? axis + rank : axis);
    }

    /// <summary>Gives a value with as many elements as x_i the shape of x_i.</summary>
    public string ReshapeLike(string value, int i)
    {
        IReadOnlyList<Dimension> shape = Shape(i);
        return shape.Count(d => !d.IsFixed) > 1
            ? Ops.Reshape(value, Ops.Shape(Input(i)))
            : Ops.Reshape(value, Ops.Longs([.. shape.Select(d => d.IsFixed ? d.Fixed : -1)]));
    }

    /// <summary>Repeats a value whose <paramref name="axes"/> have length 1 to the shape of x_i.</summary>
    public string ExpandLike(string value, int i, IEnumerable<long> axes)
    {
        IReadOnlyList<Dimension> shape = Shape(i);
        HashSet<long> repeated = [.. axes];
        return repeated.Any(a => !shape[(int)a].IsFixed)
            ? Ops.Expand(value, Ops.Shape(Input(i)))
            : Ops.Expand(value, Ops.Longs([.. shape.Select((d, a) => repeated.Contains(a) ? d.Fixed : 1)]));
    }

    /// <summary>Length of axis <paramref name="axis"/> of x_i, which must not depend on the batch.</summary>
    public long FixedLength(int i, int axis) => Shape(i)[axis] is { IsFixed: true } d
        ? d.Fixed
        : throw Refuse($"axis {axis} of '{Input(i)}' has length {Shape(i)[axis]}", "a length that does not depend on the batch");

    /// <summary>The error for a use of the operator that the rule does not cover.</summary>
    public NotDifferentiableException Refuse(string found, string expected) =>
        new(new("use-not-differentiable", $"this use of {Node.OpType} has no gradient rule")
        {
            Where = $"node '{Node.Name}'",
            Found = found,
            Expected = expected,
            Fix = "export the model so that this part is fixed",
        });

    TensorType TypeOf(string value) => graph.TypeOf(value);

    AttributeProto? Find(string name) => Node.Find(name);
}
