using System.Collections.Frozen;
using Cfgen.OnnxFormat.Normalisation.Decompositions;
using Cfgen.OnnxFormat.Normalisation.Recurrent;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;
using Written = System.Func<Cfgen.OnnxFormat.Normalisation.DecomposedNode, System.Collections.Generic.IReadOnlyList<string>?>;

namespace Cfgen.OnnxFormat.Normalisation;

/// <summary>
/// Replaces operators of a standard meaning by the operators that they stand for: those that runtimes fuse for speed, and
/// standard ones that a runtime lacks a kernel or a shape inference for. What follows need not know them.
/// </summary>
public static class Decomposition
{
    const string Microsoft = "com.microsoft";

    /// <summary>Written for a graph that names no standard opset, as one of fused operators alone does.</summary>
    const int OpsetWhereNoneIsNamed = 18;

    static readonly FrozenDictionary<(string Domain, string OpType), Written> s_shapeless = new Dictionary<(string, string), Written>
    {
        [(Microsoft, "BiasGelu")] = ActivationDecompositions.Gelu,
        [(Microsoft, "FastGelu")] = ActivationDecompositions.FastGelu,
        [(Microsoft, "FusedConv")] = FusedDecompositions.Conv,
        [(Microsoft, "Gelu")] = ActivationDecompositions.Gelu,
        [(Microsoft, "LayerNormalization")] = NormalizationDecompositions.LayerNormalization,
        [(Microsoft, "QuickGelu")] = n => ActivationDecompositions.Swish(n, slope: 1.702),
        [(Microsoft, "SkipLayerNormalization")] = NormalizationDecompositions.SkipLayerNormalization,
        [("", "GRU")] = BatchFirstRecurrence.StepsFirst,
        [("", "LSTM")] = BatchFirstRecurrence.StepsFirst,
        [("", "MeanVarianceNormalization")] = NormalizationDecompositions.MeanVarianceNormalization,
        [("", "NegativeLogLikelihoodLoss")] = LossDecompositions.NegativeLogLikelihood,
        [("", "RNN")] = BatchFirstRecurrence.StepsFirst,
        [("", "SoftmaxCrossEntropyLoss")] = LossDecompositions.SoftmaxCrossEntropy,
        [("", "Swish")] = n => ActivationDecompositions.Swish(n, slope: 1),
    }.ToFrozenDictionary();

    static readonly FrozenDictionary<(string Domain, string OpType), Written> s_shaped = new Dictionary<(string, string), Written>
    {
        [(Microsoft, "FusedMatMul")] = FusedDecompositions.MatMul,
        [("", "Attention")] = AttentionDecomposition.Attention,
        [("", "CastLike")] = n => [n.Ops.Cast(n.Input(0), n.Known(1).Type)],
        [("", "RotaryEmbedding")] = RotaryEmbeddingDecomposition.RotaryEmbedding,
    }.ToFrozenDictionary();

    /// <summary>
    /// The operators that are replaced, in some of their uses at least, each behind its domain where that is not the standard one, in the
    /// alphabet's order.
    /// </summary>
    public static IReadOnlyList<string> Operators =>
        [.. s_shapeless.Keys.Concat(s_shaped.Keys).Select(key => key.Domain.Length == 0 ? key.OpType : $"{key.Domain}.{key.OpType}")
            .Order(StringComparer.Ordinal)];

    /// <summary>Whether the operator is one that is replaced, in some of its uses at least.</summary>
    public static bool Covers(NodeProto node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return s_shapeless.ContainsKey(Key(node)) || s_shaped.ContainsKey(Key(node));
    }

    /// <summary>Replaces, in place, what can be replaced whatever the shapes are. Bodies of If, Loop and Scan are left alone.</summary>
    /// <returns>Whether there was anything to replace.</returns>
    /// <exception cref="ModelFormatException">A use of such an operator that has no standard form.</exception>
    public static bool Apply(ModelProto model) => Apply(model, node => s_shapeless.GetValueOrDefault(Key(node)), _ => null);

    /// <summary>Replaces, in place, what is written differently for different shapes.</summary>
    /// <param name="model">Changed; bodies of If, Loop and Scan are left alone.</param>
    /// <param name="known">Type and shape of a value, null where they are unknown.</param>
    /// <returns>Whether there was anything to replace.</returns>
    /// <exception cref="ModelFormatException">A use of such an operator that has no standard form.</exception>
    public static bool Apply(ModelProto model, Func<string, KnownValue?> known) =>
        Apply(model, node => s_shaped.GetValueOrDefault(Key(node)), known);

    /// <summary>Replaces nodes in place.</summary>
    /// <param name="model">Changed.</param>
    /// <param name="find">
    /// What writes a node's outputs in another way, null for a node that stays. It gives null for a use that stays.
    /// </param>
    /// <param name="known">Type and shape of a value, null where they are unknown.</param>
    internal static bool Apply(ModelProto model, Func<NodeProto, Written?> find, Func<string, KnownValue?> known)
    {
        ArgumentNullException.ThrowIfNull(model);
        GraphProto graph = model.Graph;
        NodeProto[] nodes = [.. graph.Node];
        if (!nodes.Any(n => find(n) is not null)) return false;
        if (model.StandardOpset() == 0) model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OpsetWhereNoneIsNamed });
        GraphWriter ops = new(model, "decomposed/", RealType(graph)); // knows the names and constants of all nodes
        graph.Node.Clear();
        bool replaced = false;
        foreach (NodeProto node in nodes)
        {
            if (find(node) is not { } write || NodeGuard.Apply(node, () => write(new(node, graph, ops, known))) is not { } results)
            {
                graph.Node.Add(node);
                continue;
            }
            replaced = true;
            foreach ((string made, string output) in results.Zip(node.Output)) if (output.Length > 0) ops.Rename(made, output);
        }
        if (replaced) GraphPruning.Prune(graph);
        return replaced;
    }

    static (string Domain, string OpType) Key(NodeProto node) =>
        (ModelExtensions.IsStandardDomain(node.Domain) ? "" : node.Domain, node.OpType);

    /// <summary>Double where the model computes in it, else float.</summary>
    static DataType RealType(GraphProto graph) =>
        graph.FedInputs().Select(i => (DataType)(i.Type?.TensorType?.ElemType ?? 0)).Concat(graph.Initializer.Select(t => t.Type()))
        .FirstOrDefault(t => t is DataType.Float or DataType.Double, DataType.Float);
}
