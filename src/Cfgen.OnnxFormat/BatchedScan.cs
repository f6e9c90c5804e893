using static Cfgen.OnnxFormat.Attributes;
using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;

namespace Cfgen.OnnxFormat;

/// <summary>
/// Before opset 9 a Scan took a batch of sequences, [N, steps, ...], and states [N, ...], and ran over each sequence by itself: it is a
/// Scan over the batch, whose body is a Scan over the steps of one sequence. The outer one carries nothing; what the inner ones end with is
/// stacked to the batch again.
/// </summary>
static class BatchedScan
{
    /// <summary>Changes the node of opset 8 in place.</summary>
    /// <exception cref="ModelFormatException">It names lengths of sequences, or has no body.</exception>
    public static void Rewrite(NodeEdit e)
    {
        NodeProto node = e.Node;
        if (node.Input.ElementAtOrDefault(0) is { Length: > 0 })
            throw e.Refuse("sequence_lens", "sequences of one length", "export the model with opset 9 or newer");
        GraphProto body = e.Take("body")?.G ?? throw e.Refuse("no body", "a body", "export the model again");
        NodeProto inner = new()
        {
            OpType = "Scan",
            Name = e.Fresh("sequence"),
            Input = { node.Input.Skip(1).Select((_, i) => e.Fresh($"of_row_{i}")) },
            Output = { body.Output.Select((_, i) => e.Fresh($"row_{i}")) },
            Attribute = { Body(body), Attribute("num_scan_inputs", e.Take("num_scan_inputs")?.I ?? 0) },
        };
        if (e.Take("directions") is { } directions)
            inner.Attribute.Add(
                new AttributeProto { Name = "scan_input_directions", Type = AttributeType.Ints, Ints = { directions.Ints } });

        node.Input.RemoveAt(0);
        node.Attribute.Add(Body(new()
        {
            Name = body.Name,
            Node = { inner },
            Input = { inner.Input.Zip(body.Input, Port) },
            Output = { inner.Output.Zip(body.Output, Port) },
        }));
        e.Set("num_scan_inputs", node.Input.Count);
    }

    static AttributeProto Body(GraphProto graph) => new() { Name = "body", Type = AttributeType.Graph, G = graph };

    /// <summary>A value of the element type that the body declares; its shape has the steps besides.</summary>
    static ValueInfoProto Port(string name, ValueInfoProto declared) =>
        declared.Type?.TensorType is { } type
            ? new() { Name = name, Type = new() { TensorType = new() { ElemType = type.ElemType } } }
            : new() { Name = name };
}
