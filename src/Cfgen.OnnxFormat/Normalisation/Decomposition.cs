using System.Collections.Frozen;
using Cfgen.OnnxFormat.Normalisation.Decompositions;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

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

    static readonly FrozenDictionary<(string Domain, string OpType), Func<DecomposedNode, IReadOnlyList<string>>> s_shapeless = new Dictionary<(string, string), Func<DecomposedNode, IReadOnlyList<string>>>
    {
        [(Microsoft, "BiasGelu")] = ActivationDecompositions.Gelu,
        [(Microsoft, "FastGelu")] = ActivationDecompositions.FastGelu,
        [(Microsoft, "FusedConv")] = FusedDecompositions.Conv,
        [(Microsoft, "Gelu")] = ActivationDecompositions.Gelu,
        [(Microsoft, "LayerNormalization")] = NormalizationDecompositions.LayerNormalization,
        [(Microsoft, "QuickGelu")] = n => ActivationDecompositions.Swish(n, slope: 1.702),
        [(Microsoft, "SkipLayerNormalization")] = NormalizationDecompositions.SkipLayerNormalization,
        [("", "MeanVarianceNormalization")] = NormalizationDecompositions.MeanVarianceNormalization,
        [("", "NegativeLogLikelihoodLoss")] = LossDecompositions.NegativeLogLikelihood,
        [("", "SoftmaxCrossEntropyLoss")] = LossDecompositions.SoftmaxCrossEntropy,
        [("", "Swish")] = n => ActivationDecompositions.Swish(n, slope: 1),
    }.ToFrozenDictionary();

    static readonly FrozenDictionary<(string Domain, string OpType), Func<DecomposedNode, IReadOnlyList<string>>> s_shaped = new Dictionary<(string, string), Func<DecomposedNode, IReadOnlyList<string>>>
    {
        [(Microsoft, "FusedMatMul")] = FusedDecompositions.MatMul,
        [("", "Attention")] = AttentionDecomposition.Attention,
        [("", "CastLike")] = n => [n.Ops.Cast(n.Input(0), n.Known(1).Type)],
        [("", "RotaryEmbedding")] = RotaryEmbeddingDecomposition.RotaryEmbedding,
    }.ToFrozenDictionary();

    /// <summary>Replaces, in place, what can be replaced whatever the shapes are. Bodies of If, Loop and Scan are left alone.</summary>
    /// <returns>Whether there was anything to replace.</returns>
    /// <exception cref="ModelFormatException">A use of such an operator that has no standard form.</exception>
    public static bool Apply(ModelProto model) => Apply(model, s_shapeless, _ => null);

    /// <summary>Replaces, in place, what is written differently for different shapes.</summary>
    /// <param name="model">Changed; bodies of If, Loop and Scan are left alone.</param>
    /// <param name="known">Type and shape of a value, null where they are unknown.</param>
    /// <returns>Whether there was anything to replace.</returns>
    /// <exception cref="ModelFormatException">A use of such an operator that has no standard form.</exception>
    public static bool Apply(ModelProto model, Func<string, KnownValue?> known) => Apply(model, s_shaped, known);

    static bool Apply(ModelProto model, FrozenDictionary<(string Domain, string OpType), Func<DecomposedNode, IReadOnlyList<string>>> table, Func<string, KnownValue?> known)
    {
        ArgumentNullException.ThrowIfNull(model);
        GraphProto graph = model.Graph;
        NodeProto[] nodes = [.. graph.Node];
        if (!nodes.Any(n => table.ContainsKey(Key(n)))) return false;
        if (model.StandardOpset() == 0) model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OpsetWhereNoneIsNamed });
        GraphWriter ops = new(model, "decomposed/", RealType(graph)); // knows the names and constants of all nodes
        graph.Node.Clear();
        foreach (NodeProto node in nodes)
        {
            if (!table.TryGetValue(Key(node), out Func<DecomposedNode, IReadOnlyList<string>>? decompose))
            {
                graph.Node.Add(node);
                continue;
            }
            IReadOnlyList<string> results = decompose(new(node, ops, known));
            for (int i = 0; i < node.Output.Count; i++) if (node.Output[i].Length > 0) ops.Rename(results[i], node.Output[i]);
        }
        GraphPruning.Prune(graph);
        return true;
    }

    static (string Domain, string OpType) Key(NodeProto node) => (ModelExtensions.IsStandardDomain(node.Domain) ? "" : node.Domain, node.OpType);

    /// <summary>Double where the model computes in it, else float.</summary>
    static DataType RealType(GraphProto graph) => graph.FedInputs().Select(i => (DataType)(i.Type?.TensorType?.ElemType ?? 0)).Concat(graph.Initializer.Select(t => t.Type()))
        .FirstOrDefault(t => t is DataType.Float or DataType.Double, DataType.Float);
}
