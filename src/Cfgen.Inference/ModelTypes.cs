using Cfgen.Autodiff;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;
using Dimension = Cfgen.Autodiff.Dimension;

namespace Cfgen.Inference;

/// <summary>
/// Type and shape of every value in a model, as ONNX Runtime infers them. The batch is left free: the model is looked at
/// with two batch sizes, and a length that differs between them is a multiple of the batch.
/// </summary>
public static class ModelTypes
{
    internal const long FirstBatch = 2, SecondBatch = 5; // not 1, which broadcasting treats specially

    /// <summary>Reads the types of every value.</summary>
    /// <param name="model">Not changed.</param>
    /// <param name="name">What to call the model in errors.</param>
    /// <exception cref="ModelContractException">The runtime refuses the model, or a length depends on more than the batch.</exception>
    public static IReadOnlyDictionary<string, TensorType> Read(ModelProto model, string name)
    {
        ArgumentNullException.ThrowIfNull(model);
        Dictionary<string, TensorType> types = new(StringComparer.Ordinal);
        foreach (TensorProto tensor in model.Graph.Initializer) types[tensor.Name] = new((DataType)tensor.DataType, [.. tensor.Dims.Select(d => (Dimension)d)]);
        (Dictionary<string, NodeMetadata> first, Dictionary<string, NodeMetadata> second) = (Observe(model, name, FirstBatch), Observe(model, name, SecondBatch));
        foreach ((string value, NodeMetadata a) in first)
        {
            // A value whose shape still holds an unknown length is left out; whoever needs it says so.
            NodeMetadata b = second[value];
            if (!a.IsTensor || a.Dimensions.Contains(-1) || b.Dimensions.Contains(-1) || a.Dimensions.Length != b.Dimensions.Length) continue;
            types[value] = new(ToDataType(a.ElementDataType), [.. a.Dimensions.Zip(b.Dimensions, (x, y) => Dimension.Through(FirstBatch, x, SecondBatch, y))]);
        }
        return types;
    }

    /// <summary>Metadata of every input and every node's output at one batch size.</summary>
    static Dictionary<string, NodeMetadata> Observe(ModelProto model, string name, long batch)
    {
        ModelProto probe = model.Clone();
        probe.Graph.ValueInfo.Clear();
        FixBatch(probe.Graph, batch);
        HashSet<string> outputs = [.. probe.Graph.Output.Select(o => o.Name)];
        // An output given by name alone gets its type and shape from the runtime's own inference.
        foreach (string value in probe.Graph.Node.SelectMany(n => n.Output).Where(o => o.Length > 0 && outputs.Add(o))) probe.Graph.Output.Add(new ValueInfoProto { Name = value });
        foreach (ValueInfoProto output in probe.Graph.Output) output.Type = null;
        using ModelSession session = ModelSession.FromModel(probe, name, new() { Level = GraphOptimizationLevel.ORT_ENABLE_BASIC, Threads = 1 });
        return session.Inputs.Concat(session.Outputs).ToDictionary(StringComparer.Ordinal);
    }

    static void FixBatch(GraphProto graph, long batch)
    {
        foreach (ValueInfoProto input in graph.FedInputs())
        {
            if (input.Type?.TensorType?.Shape is not { } shape) continue;
            foreach (TensorShapeProto.Types.Dimension d in shape.Dim)
            {
                if (d.ValueCase != TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue) d.DimValue = batch;
            }
        }
    }

    internal static DataType ToDataType(TensorElementType type) => type switch
    {
        TensorElementType.Float => DataType.Float,
        TensorElementType.Double => DataType.Double,
        TensorElementType.Float16 => DataType.Float16,
        TensorElementType.BFloat16 => DataType.Bfloat16,
        TensorElementType.Int64 => DataType.Int64,
        TensorElementType.Int32 => DataType.Int32,
        TensorElementType.Bool => DataType.Bool,
        TensorElementType.UInt8 => DataType.Uint8,
        TensorElementType.Int8 => DataType.Int8,
        _ => DataType.Undefined,
    };
}
