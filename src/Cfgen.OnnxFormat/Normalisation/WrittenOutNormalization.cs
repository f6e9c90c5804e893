using static Cfgen.OnnxFormat.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat.Normalisation;

/// <summary>
/// (x - mean) / √(variance + ε), scale and bias behind it where they are constants, as exporters write a normalisation over the last
/// axis before opset 17, becomes a LayerNormalization again in single precision: it has one derivative, and the runtime one kernel for it,
/// which it would otherwise find only as long as nothing else reads what is between.
/// </summary>
public sealed class WrittenOutNormalization
{
    const int FirstOpset = 17;

    readonly GraphProto _graph;
    readonly UniqueNames _names;
    readonly Dictionary<string, TensorProto> _constants;
    readonly GraphIndex _index;
    readonly Func<string, KnownValue?> _known;

    WrittenOutNormalization(GraphProto graph, Func<string, KnownValue?> known) =>
        (_graph, _names, _constants, _index, _known) = (graph, new(graph), graph.Constants(), new(graph), known);

    /// <summary>
    /// Changes the graph in place, those in bodies excepted. What it has beside the normalisations stays under its names.
    /// </summary>
    /// <param name="model">Of an opset that has the operator, else nothing happens.</param>
    /// <param name="known">Type and shape of a value, null where they are unknown.</param>
    public static void Restore(ModelProto model, Func<string, KnownValue?> known)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.StandardOpset() < FirstOpset || !model.Graph.Node.Any(n => n.OpType == "Sqrt")) return;
        WrittenOutNormalization search = new(model.Graph, known);
        bool found = false;
        foreach (NodeProto node in model.Graph.Node) found |= search.Restore(node);
        if (found) GraphPruning.Prune(model.Graph);
    }

    /// <summary>Turns the last node of one into the operator.</summary>
    /// <param name="quotient">The node that divides by √(variance + ε), perhaps.</param>
    bool Restore(NodeProto quotient)
    {
        if (Parts(quotient) is not { } parts || parts.Any(inner => inner.Output is not [string value]
            || _index.Readers(value) is not { } readers || readers.Any(r => r != quotient && !parts.Contains(r))))
            return false;
        (NodeProto centred, NodeProto sum) = (parts[0], parts[1]);
        string x = centred.Input[0];
        if (_known(x) is not { Type: DataType.Float, Lengths: [.., long length] } || length == 0 || Epsilon(sum) is not { } epsilon)
            return false;
        NodeProto last = quotient;
        string? scale = Behind(ref last, "Mul", length), bias = Behind(ref last, "Add", length);
        last.OpType = "LayerNormalization";
        last.Input.Clear();
        last.Input.AddRange(bias is null ? [x, scale ?? Ones(length)] : [x, scale ?? Ones(length), bias]);
        last.Attribute.Clear();
        last.Attribute.Add(Attribute("axis", -1));
        last.Attribute.Add(Attribute("epsilon", (float)epsilon));
        return true;
    }

    /// <summary>The nodes before the quotient, x - mean and variance + ε in front; null where it is another quotient.</summary>
    NodeProto[]? Parts(NodeProto quotient)
    {
        if (Divided(quotient) is not ([string top, string bottom], NodeProto[] divisor)) return null;
        if (_index.Maker(bottom, "Sqrt") is not { } root || _index.Maker(root.Input[0], "Add") is not { } sum
            || Variance(sum) is not { } variance)
            return null;
        if (Square(variance.Input[0]) is not { } square) return null;
        if (Centred(top) is not [var centred, var mean] || Centred(square.Input[0]) is not [var squared, var again]
            || squared.Input[0] != centred.Input[0])
            return null;
        return [centred, sum, .. divisor, root, variance, square, mean, squared, again]; // older exporters write the difference twice
    }

    /// <summary>The nodes of x - mean.</summary>
    NodeProto[] Centred(string value) =>
        _index.Maker(value, "Sub") is { } difference && _index.Maker(difference.Input[1], "ReduceMean")
            is { } mean && mean.Input[0] == difference.Input[0] && IsOverLast(mean) ? [difference, mean] : [];

    /// <summary>Dividend and divisor, and the node that turns a product into a quotient.</summary>
    (string[] Values, NodeProto[] Divisor)? Divided(NodeProto node) => node switch
    {
        { OpType: "Div", Input: [string a, string b] } => ([a, b], []),
        { OpType: "Mul", Input: [string a, string b] } when Inverse(b) is (NodeProto inverse, string of) => ([a, of], [inverse]),
        { OpType: "Mul", Input: [string a, string b] } when Inverse(a) is (NodeProto inverse, string of) => ([b, of], [inverse]),
        _ => null,
    };

    (NodeProto Node, string Of)? Inverse(string value)
    {
        if (_index.Maker(value, "Reciprocal") is { } reciprocal) return (reciprocal, reciprocal.Input[0]);
        return _index.Maker(value, "Div") is { Input: [string one, string of] } quotient && Number(one) == 1 ? (quotient, of) : null;
    }

    NodeProto? Square(string value)
    {
        if (_index.Maker(value, "Pow") is { } power) return Number(power.Input[1]) == 2 ? power : null;
        return _index.Maker(value, "Mul") is { Input: [string a, string b] } product && a == b ? product : null;
    }

    NodeProto? Variance(NodeProto sum) =>
        sum.Input.Select(i => _index.Maker(i, "ReduceMean")).FirstOrDefault(m => m is not null && IsOverLast(m));

    double? Epsilon(NodeProto sum) => sum.Input.Select(Number).FirstOrDefault(e => e is >= 0);

    bool IsOverLast(NodeProto mean) =>
        mean.Attribute.All(a => a is not { Name: "keepdims", I: 0 }) && mean.Input.Count > 1
            && _constants.GetValueOrDefault(mean.Input[1])?.ToLongs() is [long axis]
            && (axis == -1 || axis == _known(mean.Input[0])?.Lengths.Count - 1);

    /// <summary>
    /// The constant that the one reader of the node's output multiplies it with, or adds; the reader then is the last node.
    /// </summary>
    string? Behind(ref NodeProto last, string opType, long length)
    {
        string value = last.Output[0];
        if (_index.Readers(value) is not [{ Input: [string a, string b] } next] || next.OpType != opType || a == b) return null;
        string constant = a == value ? b : a;
        if (_constants.GetValueOrDefault(constant) is not { Dims: [long own] } || own != length) return null;
        last = next;
        return constant;
    }

    string Ones(long length)
    {
        TensorProto ones = ((ReadOnlySpan<double>)[.. Enumerable.Repeat(1.0, (int)length)]).ToTensor(DataType.Float, length);
        ones.Name = _names.Fresh("normalization/ones");
        _graph.Initializer.Add(ones);
        return ones.Name;
    }

    double? Number(string value) => ConstantArithmetic.Number(_constants.GetValueOrDefault(value));
}
