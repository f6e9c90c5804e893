using Cfgen.Autodiff;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using Cfgen.OnnxFormat.Checking;
using Microsoft.ML.OnnxRuntime;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Preparation;

/// <summary>
/// Computes, once and by the runtime itself, everything in a graph that does not depend on what is in its inputs: constants
/// of constants, and the arithmetic on shapes that exporters leave behind. A value that comes out the same for several batch
/// sizes becomes a constant; one that follows the batch stays computed.
/// </summary>
static class ConstantFolder
{
    /// <summary>Constants larger than this are left computed: they would bloat the file (a mask made by Range and Where, say).</summary>
    const long MostElements = 1 << 20;

    /// <summary>Longest that the runtime may compute of constants. What takes long is refused before; this ends what could not be
    /// weighed.</summary>
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>1 for what is special about a single row, and several sizes for what is rounded or limited.</summary>
    static readonly long[] s_batches = [1, 2, 3, 5, 8];

    /// <summary>Folds in place.</summary>
    /// <param name="model">Changed.</param>
    /// <param name="types">Types of its values.</param>
    /// <param name="name">What to call the model in errors.</param>
    /// <returns>Whether anything was folded.</returns>
    /// <exception cref="ModelContractException">The runtime cannot compute what does not depend on the inputs.</exception>
    public static bool Fold(ModelProto model, IReadOnlyDictionary<string, TensorType> types, string name)
    {
        HashSet<string> dependent = Dependent(model.Graph, types);
        NodeProto[] foldable = [.. model.Graph.Node.Where(n => n.OpType != "Constant" && !n.Output.Any(dependent.Contains))];
        if (foldable.Length == 0) return false;

        // Only what the rest of the graph reads is computed; what lies between disappears with its nodes.
        HashSet<NodeProto> folding = new(foldable, ReferenceEqualityComparer.Instance);
        HashSet<string> read = [.. model.Graph.Node.Where(n => !folding.Contains(n))
            .SelectMany(n => n.Input.Concat(GraphPruning.Captured(n)))];
        read.ExceptWith(model.Graph.Output.Select(o => o.Name)); // a node has to go on making them
        Dictionary<string, NodeProto> makers = new(StringComparer.Ordinal);
        foreach (NodeProto node in foldable) foreach (string output in node.Output.Where(read.Contains)) makers[output] = node;
        if (makers.Count == 0) return false;

        TensorProto[] constants = Evaluate(model, foldable, [.. makers.Keys], types, name);
        foreach (TensorProto constant in constants)
        {
            NodeProto maker = makers[constant.Name];
            maker.Output[maker.Output.IndexOf(constant.Name)] = "";
            model.Graph.Initializer.Add(constant);
        }
        if (constants.Length > 0) GraphPruning.Prune(model.Graph);
        return constants.Length > 0;
    }

    /// <summary>
    /// Values that depend on what is in an input, not merely on its shape, or on chance; and what bodies make, which may take any
    /// time: a branch is resolved once its condition is folded, a loop unrolled, and then their nodes are looked at one by one.
    /// </summary>
    static HashSet<string> Dependent(GraphProto graph, IReadOnlyDictionary<string, TensorType> types)
    {
        HashSet<string> dependent = [.. graph.FedInputs().Select(i => i.Name)];
        foreach (NodeProto node in graph.Node)
        {
            bool reads = !AsksForKnownShape(node, types)
                && (node.Input.Concat(GraphPruning.Captured(node)).Any(dependent.Contains) || IsRandom(node) || node.Bodies().Any());
            if (reads) dependent.UnionWith(node.Output.Where(o => o.Length > 0)); // an empty name is an output, or an input, left out
        }
        return dependent;
    }

    static bool AsksForKnownShape(NodeProto node, IReadOnlyDictionary<string, TensorType> types) =>
        node.OpType is "Shape" or "Size" && ModelExtensions.IsStandardDomain(node.Domain) && types.ContainsKey(node.Input[0]);

    /// <summary>A Dropout that is told whether it trains may.</summary>
    static bool IsRandom(NodeProto node) =>
        node.OpType is "RandomNormal" or "RandomNormalLike" or "RandomUniform" or "RandomUniformLike" or "Multinomial" or "Bernoulli"
        || node.OpType == "Dropout" && node.Input.Count > 2;

    /// <summary>The wanted values that are the same at every batch size and not too large.</summary>
    static TensorProto[] Evaluate(
        ModelProto model, NodeProto[] nodes, string[] wanted, IReadOnlyDictionary<string, TensorType> types, string name)
    {
        ModelProto part = new() { IrVersion = model.IrVersion, Graph = new() { Name = "constants" } };
        part.OpsetImport.AddRange(model.OpsetImport);
        part.Graph.Initializer.AddRange(model.Graph.Initializer);
        part.Graph.Node.AddRange(model.Graph.Node.Where(n => n.OpType == "Constant"));
        Dictionary<string, NodeProto> shapes = new(StringComparer.Ordinal); // inputs of the part, for one session at every batch size
        foreach (NodeProto node in nodes)
        {
            if (!AsksForKnownShape(node, types))
            {
                part.Graph.Node.Add(node);
                continue;
            }
            string input = $"shape of {node.Output[0]}";
            shapes[input] = node;
            part.Graph.Node.Add(new NodeProto { OpType = "Identity", Input = { input }, Output = { node.Output[0] } });
        }
        part.Graph.Output.AddRange(wanted.Select(value => new ValueInfoProto { Name = value }));
        GraphPruning.Prune(part.Graph);
        HashSet<string> used = [.. part.Graph.Node.SelectMany(n => n.Input)];
        foreach ((string input, NodeProto node) in shapes.ToArray())
        {
            if (!used.Contains(input)) shapes.Remove(input);
            else
                part.Graph.Input.Add(GradientGraph.Describe(
                    input, new(DataType.Int64, node.OpType == "Size" ? [] : [Known(node, types, 1).Length])));
        }
        ModelChecker.CheckWork(
            part.Graph.Node, name, value =>
                types.TryGetValue(value, out TensorType? type) ? [.. type.Shape.Select(d => d.PerRow * s_batches[^1] + d.Fixed)] : null);
        using CancellationTokenSource patience = new(s_patience);
        using ModelSession session =
            ModelSession.FromModel(part, name, new() { Threads = 1, Level = GraphOptimizationLevel.ORT_DISABLE_ALL });
        TensorProto?[] values = At(s_batches[0]);
        foreach (long batch in shapes.Values.Any(n => types[n.Input[0]].Shape.Any(d => !d.IsFixed)) ? s_batches[1..] : [])
            values = [.. values.Zip(At(batch), (a, b) => a is not null && a.Equals(b) ? a : null)];
        return [.. values.OfType<TensorProto>()];

        TensorProto?[] At(long batch)
        {
            Dictionary<string, OrtValue> feeds = shapes.ToDictionary(s => s.Key, s => Feed(s.Value, types, batch));
            try
            {
                using IDisposableReadOnlyCollection<OrtValue> results = session.Run(feeds, wanted, patience.Token);
                return [.. results.Zip(wanted, ToTensor)];
            }
            catch (OperationCanceledException e)
            {
                throw TooLong(name, e);
            }
            finally
            {
                foreach (OrtValue feed in feeds.Values) feed.Dispose();
            }
        }
    }

    static ModelContractException TooLong(string name, Exception e)
    {
        string found = FormattableString.Invariant($"more than {s_patience.TotalSeconds} s");
        return new(new("constant-work-too-large", "the model computes too much of constants")
        {
            Where = name,
            Found = found,
            Fix = "export it with the results as constants",
        }, e);
    }

    static OrtValue Feed(NodeProto node, IReadOnlyDictionary<string, TensorType> types, long batch)
    {
        long[] known = Known(node, types, batch);
        return OrtValue.CreateTensorValueFromMemory(known, node.OpType == "Size" ? [] : [known.Length]);
    }

    /// <summary>What a Shape or Size node gives at this batch size.</summary>
    static long[] Known(NodeProto node, IReadOnlyDictionary<string, TensorType> types, long batch)
    {
        long[] shape = [.. types[node.Input[0]].Shape.Select(d => d.PerRow * batch + d.Fixed)];
        if (node.OpType == "Size") return [shape.Aggregate(1L, (a, b) => a * b)];
        int start = Clamp(node, "start", 0, shape.Length), end = Clamp(node, "end", shape.Length, shape.Length);
        return shape[start..Math.Max(start, end)];
    }

    static int Clamp(NodeProto node, string name, int absent, int rank)
    {
        long at = node.Find(name)?.I ?? absent;
        return (int)Math.Clamp(at < 0 ? at + rank : at, 0, rank);
    }

    static TensorProto? ToTensor(OrtValue value, string name)
    {
        if (!value.IsTensor) return null;
        OrtTensorTypeAndShapeInfo info = value.GetTensorTypeAndShape();
        if (info.ElementCount > MostElements || ModelTypes.ToDataType(info.ElementDataType) is not (var type and not DataType.Undefined))
            return null;
        TensorProto tensor = new()
        {
            Name = name,
            DataType = (int)type,
            RawData = Google.Protobuf.ByteString.CopyFrom(value.GetTensorMutableRawData()),
        };
        tensor.Dims.AddRange(info.Shape);
        return tensor;
    }
}
