using System.Globalization;
using Google.Protobuf.Collections;
using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;

namespace Cfgen.OnnxFormat.Checking;

/// <summary>
/// Checks a node against what its operator asks for: how many inputs and outputs, attributes of the right types and in their
/// ranges, numbers of axes. Rules and decompositions take all of this for granted.
/// </summary>
/// <remarks>Attributes that the operator does not know are left to the runtime, and so is whether shapes fit each other.</remarks>
sealed class OperatorCheck(Refusal refusal)
{
    readonly WindowCheck _windows = new(refusal);

    /// <summary>Does nothing where the node is sound, or of an operator that the table does not have.</summary>
    /// <param name="node">The node.</param>
    /// <param name="opset">Version of the standard operators.</param>
    /// <param name="shape">The shape of a value, -1 for a length that is not known; null where the number of axes is not known
    /// either.</param>
    /// <exception cref="ModelFormatException">The node is not what its operator asks for.</exception>
    public void Check(NodeProto node, int opset, Func<string, IReadOnlyList<long>?> shape)
    {
        if (OperatorSchemas.Find(node, opset) is not { } schema) return;
        CheckCount(node, "inputs", node.Input.Count, OperatorSchema.Count(schema.Inputs));
        CheckCount(node, "outputs", node.Output.Count, OperatorSchema.Count(schema.Outputs));
        for (int i = 0; i < node.Input.Count; i++) CheckInput(node, i, schema.Input(i)!.Value, shape);
        int? rank = node.Input.Count > 0 && node.Input[0].Length > 0 ? shape(node.Input[0])?.Count : null;
        foreach (AttributeSchema asked in schema.Attributes) CheckAttribute(node, asked, rank);
        _windows.Check(node, shape);
    }

    void CheckCount(NodeProto node, string what, int found, NumberRange allowed)
    {
        if (!allowed.Contains(found))
            throw Wrong(node, "node-arity-wrong", $"has the wrong number of {what}", Count(found, what), $"{allowed} of them");
    }

    void CheckInput(NodeProto node, int i, PortSchema asked, Func<string, IReadOnlyList<long>?> shape)
    {
        string input = node.Input[i];
        if (input.Length == 0)
        {
            if (asked.IsRequired)
                throw Wrong(
                    node, "node-arity-wrong", "leaves out an input that has to be there",
                    FormattableString.Invariant($"no input {i}"), "the name of a value");
            return;
        }
        if (asked.Rank != NumberRange.Any && shape(input)?.Count is { } rank && !asked.Rank.Contains(rank))
            throw Wrong(
                node, "node-rank-wrong", "reads a tensor with the wrong number of axes",
                FormattableString.Invariant($"'{input}' with {Count(rank, "axes")}"), $"{asked.Rank} of them");
    }

    void CheckAttribute(NodeProto node, AttributeSchema asked, int? rank)
    {
        AttributeProto? found = null;
        foreach (AttributeProto attribute in node.Attribute)
        {
            if (attribute.Name != asked.Name) continue;
            if (found is not null)
                throw Wrong(node, "node-attribute-wrong", "has an attribute twice", $"'{asked.Name}' again", "each attribute once");
            found = attribute;
        }
        if (found is null)
        {
            if (asked.IsRequired)
                throw Wrong(
                    node, "node-attribute-missing", "lacks an attribute", $"no '{asked.Name}'",
                    $"'{asked.Name}', which {node.OpType} has to have");
            return;
        }
        if (found.RefAttrName.Length > 0) return; // what a call gives is checked once it stands in its place
        if (found.Type is not AttributeType.Undefined && found.Type != asked.Type)
            throw Wrong(
                node, "node-attribute-wrong", "has an attribute of the wrong type", $"'{found.Name}' of type {Word(found.Type)}",
                Word(asked.Type));
        if (asked.Type is AttributeType.Int) CheckNumbers(node, asked, [found.I], rank);
        else if (asked.Type is AttributeType.Ints) CheckNumbers(node, asked, found.Ints, rank);
    }

    void CheckNumbers(NodeProto node, AttributeSchema asked, RepeatedField<long> numbers, int? rank)
    {
        foreach (long number in numbers)
        {
            if (!asked.Range.Contains(number))
                throw OutOfRange(
                    node, asked, number, number > asked.Range.Max
                        ? FormattableString.Invariant($"at most {asked.Range.Max}") : asked.Range.ToString());
        }
        if (asked.Axes is AxisKind.None || rank is not { } axes) return;
        if (asked.Axes is AxisKind.NewAxes) axes += numbers.Count;
        bool[] seen = new bool[axes];
        foreach (long number in numbers)
        {
            if (number < -axes || number >= axes)
                throw OutOfRange(node, asked, number, FormattableString.Invariant($"{-axes} to {axes - 1}: an axis of its first input"));
            long axis = number < 0 ? number + axes : number;
            if (seen[axis]) throw OutOfRange(node, asked, number, "each axis once");
            seen[axis] = true;
        }
        if (asked.Axes is AxisKind.Order && numbers.Count > 0 && numbers.Count != axes)
            throw Wrong(
                node, "node-attribute-wrong", "has an attribute that does not fit its first input",
                $"'{asked.Name}' of {Count(numbers.Count, "axes")}", Count(axes, "axes"));
    }

    ModelFormatException OutOfRange(NodeProto node, AttributeSchema asked, long found, string expected) =>
        Wrong(
            node, "node-attribute-wrong", "has an attribute that is out of its range",
            string.Create(CultureInfo.InvariantCulture, $"'{asked.Name}' of {found}"), expected);

    ModelFormatException Wrong(NodeProto node, string code, string what, string found, string expected) =>
        refusal.Of(node, code, $"a node {what}", found, expected);

    static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}");

    static string Word(AttributeType type) => type.ToString().ToLowerInvariant();
}
