using Cfgen.Autodiff;
using Cfgen.Inference.Graphs;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;
using Dimension = Cfgen.Autodiff.Dimension;

namespace Cfgen.Inference.Runtime;

/// <summary>
/// Type and shape of every value in a model, as ONNX Runtime infers them. The batch is left free: the model is looked at
/// with several batch sizes, and a length that grows evenly with them follows the batch.
/// </summary>
public static class ModelTypes
{
    /// <summary>Not 1, which broadcasting treats specially; the third tells a line from a length that is rounded or squared.</summary>
    static readonly long[] s_batches = [2, 3, 5];

    /// <summary>Constants of at most so many elements may be shapes, axes, sizes or pads.</summary>
    const long MostElementsOfShape = 64;

    /// <summary>Most bytes of a constant that is computed for its shape's sake, a million numbers: no shape depends on more.</summary>
    const long LargestFolded = 4L << 20;

    /// <summary>Reads the types of every value whose lengths depend on nothing but the batch, and evenly; others are left out, and whoever
    /// needs one says so.</summary>
    /// <param name="model">Not changed.</param>
    /// <param name="name">What to call the model in errors.</param>
    /// <exception cref="ModelContractException">The runtime refuses the model, or an input has a free axis that is not the
    /// first.</exception>
    public static IReadOnlyDictionary<string, TensorType> Read(ModelProto model, string name)
    {
        ArgumentNullException.ThrowIfNull(model);
        RequireOnlyBatchFree(model, name);
        Dictionary<string, TensorType> types = new(StringComparer.Ordinal);
        foreach (TensorProto tensor in model.Graph.Initializer) types[tensor.Name] = new((DataType)tensor.DataType,
            [.. tensor.Dims.Select(d => (Dimension)d)]);
        Dictionary<string, NodeMetadata>[] seen = [.. s_batches.Select(batch => ObserveFree(model, name, batch))];
        foreach ((string value, NodeMetadata first) in seen[0])
        {
            if (first.IsTensor
                && Shape([.. seen.Select(s => s[value].Dimensions)]) is { } shape) types[value] = new(ToDataType(first.ElementDataType),
                shape);
        }
        return types;
    }

    /// <summary>The same as <see cref="Observe"/>, where the runtime may refuse a batch that the model merely declares to take.</summary>
    static Dictionary<string, NodeMetadata> ObserveFree(ModelProto model, string name, long batch)
    {
        try
        {
            return Observe(model, name, batch);
        }
        catch (ModelContractException e) when (e.Problem.Code == ModelSession.RefusedCode
            && s_batches.Prepend(1).FirstOrDefault(other => other != batch && Runs(model, name, other)) is > 0 and var works)
        {
            throw new ModelContractException(new("batch-baked-in", "the model declares a free batch, but does not take every one")
            {
                Where = name,
                Found = $"it takes a batch of {works}, not one of {batch}: {e.Problem.Found}",
                Expected = "one length throughout, or shapes that follow the batch",
                Fix = $"export it with a fixed batch of {works}, without dynamic axes; or so that nothing inside depends on the "
                    + "batch that it was traced with",
            }, e);
        }
    }

    static bool Runs(ModelProto model, string name, long batch)
    {
        try
        {
            Observe(model, name, batch);
            return true;
        }
        catch (ModelContractException e) when (e.Problem.Code == ModelSession.RefusedCode)
        {
            return false;
        }
    }

    /// <summary>The shape that was seen at every batch size; null where a length is unknown or does not follow the batch evenly.</summary>
    static Dimension[]? Shape(int[][] seen)
    {
        if (seen.Any(s => s.Length != seen[0].Length || s.Contains(-1))) return null;
        Dimension[] shape = [.. seen[0].Zip(seen[^1], (a, b) => Dimension.Through(s_batches[0], a, s_batches[^1], b))];
        bool fits = seen.Zip(s_batches).All(s => s.First.Zip(shape).All(d => d.First == d.Second.PerRow * s.Second + d.Second.Fixed));
        return fits ? shape : null;
    }

    static void RequireOnlyBatchFree(ModelProto model, string name)
    {
        foreach (ModelPort input in ModelPort.Inputs(model))
        {
            int axis = input.Shape is { } shape ? shape.Skip(1).TakeWhile(d => d is not null).Count() + 1 : 0;
            if (input.Shape is null || axis >= input.Shape.Count) continue;
            throw new ModelContractException(new("axis-free", "only the first axis of an input may be free: it is the batch")
            {
                Where = $"{name}, input '{input.Name}', axis {axis}",
                Found = input.ToString(),
                Expected = "a fixed length",
                Fix = "export the model with a fixed size for this axis",
            });
        }
    }

    /// <summary>Metadata of every input and every node's output at one batch size.</summary>
    internal static Dictionary<string, NodeMetadata> Observe(ModelProto model, string name, long batch)
    {
        ModelProto probe = model.Clone();
        probe.Graph.ValueInfo.Clear();
        FixBatch(probe.Graph, batch);
        LeaveOutWeights(probe.Graph);
        HashSet<string> outputs = [.. probe.Graph.Output.Select(o => o.Name)];
        // An output given by name alone gets its type and shape from the runtime's own inference.
        foreach (string value in probe.Graph.Node.SelectMany(n => n.Output).Where(o =>
            o.Length > 0 && outputs.Add(o))) probe.Graph.Output.Add(new ValueInfoProto
            {
                Name = value,
            });
        foreach (ValueInfoProto output in probe.Graph.Output) output.Type = null;
        using ModelSession session = ModelSession.FromModel(
            probe, name, new() { Level = GraphOptimizationLevel.ORT_ENABLE_BASIC, Threads = 1, LargestFolded = LargestFolded });
        // an output may be an input handed through
        return session.Inputs.Concat(session.Outputs).DistinctBy(port => port.Key).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Makes inputs of all constants that hold more than a shape could: types do not depend on them, and the runtime would copy
    /// and fold them for nothing.</summary>
    static void LeaveOutWeights(GraphProto graph)
    {
        HashSet<string> inputs = [.. graph.Input.Select(i => i.Name)];
        ILookup<bool, TensorProto> tensors = graph.Initializer.ToLookup(t => t.Dims.Aggregate(1L, (a, b) => a * b) > MostElementsOfShape);
        graph.Initializer.Clear();
        graph.Initializer.AddRange(tensors[false]);
        foreach (TensorProto weight in tensors[true])
        {
            if (inputs.Add(weight.Name)) graph.Input.Add(GradientGraph.Describe(weight.Name,
                new((DataType)weight.DataType, [.. weight.Dims.Select(d => (Dimension)d)])));
        }
    }

    static void FixBatch(GraphProto graph, long batch)
    {
        foreach (ValueInfoProto input in graph.FedInputs())
        {
            if (input.Type?.TensorType?.Shape is not { } shape) continue;
            if (shape.Dim.FirstOrDefault() is { ValueCase: not TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue } free)
                free.DimValue = batch;
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
        TensorElementType.Int16 => DataType.Int16,
        TensorElementType.UInt64 => DataType.Uint64,
        TensorElementType.UInt32 => DataType.Uint32,
        TensorElementType.UInt16 => DataType.Uint16,
        TensorElementType.UInt8 => DataType.Uint8,
        TensorElementType.Int8 => DataType.Int8,
        _ => DataType.Undefined,
    };
}
