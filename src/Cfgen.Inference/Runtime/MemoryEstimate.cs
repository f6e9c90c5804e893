using Cfgen.Inference.Bundles;
using Cfgen.Inference.Gradients;
using Cfgen.Inference.Graphs;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Runtime;

/// <summary>About how much memory a model needs for one picture, from the shapes of its values and the order in which the runtime makes
/// them. The program and the runtime themselves come on top.</summary>
/// <param name="Weights">Bytes of the constants.</param>
/// <param name="Forward">Bytes for a run: the constants as a session holds them, and the values alive at once.</param>
/// <param name="Gradient">Bytes for a run of the model's gradient graph, which keeps values for the way back; null where the model has no
/// gradient.</param>
public sealed record MemoryEstimate(long Weights, long Forward, long? Gradient)
{
    /// <summary>Bytes of the program and the runtime without any model.</summary>
    public const long Program = 150_000_000;

    /// <summary>A session holds constants as they were read and as its kernels want them.</summary>
    const int WeightCopies = 2;

    // Values are held in two layouts where operators of both kinds meet, and between pieces of different sizes memory is lost: 1.1 to 1.7
    // times what is alive, measured on gradient graphs.
    const double ValueOverhead = 1.5;

    /// <summary>Looks at the model with a batch of 1.</summary>
    /// <param name="model">Not changed.</param>
    /// <param name="name">What to call the model in errors.</param>
    /// <returns>Null where the runtime does not load the model, or a shape is known only when it runs.</returns>
    public static MemoryEstimate? Of(ModelProto model, string name)
    {
        ArgumentNullException.ThrowIfNull(model);
        return OfGraph(model, name) is { } forward ? new(Weight(model.Graph), forward, OfGradient(model, name)) : null;
    }

    /// <summary>Bytes that a search needs at once, the program included. Without an encoder the inversion's session stands beside the
    /// search's, which then rests: its constants come on top, its values take no more than the search's.</summary>
    /// <param name="gradient">The gradient graph of the search.</param>
    /// <param name="classify">The graph that judges a picture.</param>
    /// <param name="bundle">Whose graphs they are.</param>
    internal static long? OfSearch(ModelProto gradient, ModelProto classify, Bundle bundle)
    {
        long beside = bundle.Encoder is { } encoder ? new FileInfo(encoder.Path).Length : Weight(gradient.Graph);
        return OfGraph(gradient, bundle.Generator.Path) is { } run ? Program + run + WeightCopies * (Weight(classify.Graph) + beside)
            : null;
    }

    /// <summary>Bytes for a run of a graph as it stands, with a batch of 1: its constants as a session holds them, and the values alive at
    /// once.</summary>
    /// <param name="model">Not changed.</param>
    /// <param name="name">What to call the graph in errors.</param>
    /// <returns>Null where the runtime does not load it, or a shape is known only when it runs.</returns>
    public static long? OfGraph(ModelProto model, string name)
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
        return WeightCopies * Weight(model.Graph) + (long)(ValueOverhead * Liveness.Peak(model.Graph, bytes));
    }

    static long? OfGradient(ModelProto model, string name)
    {
        try
        {
            return OfGraph(GradientFile.Build(model, name, new()), name);
        }
        catch (CfgenException)
        {
            return null; // whoever asks for the gradient is told why there is none
        }
    }

    static long Weight(GraphProto graph) => graph.Constants().Values.Sum(t => t.ElementCount() * ElementSize(t.Type()));

    static long ElementSize(DataType type) => type switch
    {
        DataType.Double or DataType.Int64 or DataType.Uint64 => 8,
        DataType.Float or DataType.Int32 or DataType.Uint32 => 4,
        DataType.Float16 or DataType.Bfloat16 or DataType.Int16 or DataType.Uint16 => 2,
        _ => 1,
    };
}
