using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference;

/// <summary>About how much memory a model needs for one picture, from the shapes of its values. The runtime's own, and what its kernels need meanwhile, come on top.</summary>
/// <param name="Weights">Bytes of the constants.</param>
/// <param name="Forward">Bytes of constants and of the most values that are alive at once in a run.</param>
/// <param name="Gradient">Bytes for a run with gradient: the values of the whole run are kept for the way back, which needs as much at once as the way there.</param>
public sealed record MemoryEstimate(long Weights, long Forward, long Gradient)
{
    /// <summary>Looks at the model with a batch of 1.</summary>
    /// <param name="model">Not changed.</param>
    /// <param name="name">What to call the model in errors.</param>
    /// <returns>Null where the runtime does not load the model, or a shape is known only when it runs.</returns>
    public static MemoryEstimate? Of(ModelProto model, string name)
    {
        ArgumentNullException.ThrowIfNull(model);
        Dictionary<string, NodeMetadata> values;
        try
        {
            values = ModelTypes.Observe(model, name, batch: 1);
        }
        catch (ModelContractException)
        {
            return null; // whoever runs the model tells why it cannot be run
        }
        Dictionary<string, TensorProto> constants = model.Graph.Constants();
        Dictionary<string, long> bytes = new(StringComparer.Ordinal);
        foreach ((string value, NodeMetadata port) in values)
        {
            if (constants.ContainsKey(value)) continue;
            if (!port.IsTensor || port.Dimensions.Any(d => d < 0)) return null;
            bytes[value] = port.Dimensions.Aggregate(ElementSize(ModelTypes.ToDataType(port.ElementDataType)), (size, d) => size * d);
        }
        long weights = constants.Values.Sum(t => t.ElementCount() * ElementSize(t.Type())), peak = Peak(model.Graph, bytes), all = bytes.Values.Sum();
        return new(weights, weights + peak, weights + all + peak);
    }

    /// <summary>The most bytes alive at once: a value is, from the node that makes it to the last one that reads it.</summary>
    static long Peak(GraphProto graph, Dictionary<string, long> bytes)
    {
        Dictionary<string, int> lastRead = new(StringComparer.Ordinal);
        for (int i = 0; i < graph.Node.Count; i++)
        {
            foreach (string input in graph.Node[i].Input) lastRead[input] = i;
        }
        foreach (ValueInfoProto output in graph.Output) lastRead[output.Name] = graph.Node.Count;
        ILookup<int, string> ends = lastRead.ToLookup(pair => pair.Value, pair => pair.Key, EqualityComparer<int>.Default);

        long alive = graph.FedInputs().Sum(i => bytes.GetValueOrDefault(i.Name)), peak = alive;
        for (int i = 0; i < graph.Node.Count; i++)
        {
            string[] made = [.. graph.Node[i].Output.Where(o => o.Length > 0)];
            alive += made.Sum(o => bytes.GetValueOrDefault(o));
            peak = Math.Max(peak, alive);
            alive -= ends[i].Sum(value => bytes.GetValueOrDefault(value)) + made.Where(o => !lastRead.ContainsKey(o)).Sum(o => bytes.GetValueOrDefault(o));
        }
        return peak;
    }

    static long ElementSize(DataType type) => type switch
    {
        DataType.Double or DataType.Int64 or DataType.Uint64 => 8,
        DataType.Float or DataType.Int32 or DataType.Uint32 => 4,
        DataType.Float16 or DataType.Bfloat16 or DataType.Int16 or DataType.Uint16 => 2,
        _ => 1,
    };
}
