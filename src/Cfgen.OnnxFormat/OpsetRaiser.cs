using Cfgen.OnnxFormat.Checking;
using Cfgen.OnnxFormat.Normalisation;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat;

/// <summary>
/// Rewrites a model for a newer version of the standard operators, where one changed how it is written down: parts of one
/// graph must share a version, and gradient rules are written for the newer form alone. What changes when is in <see cref="OpsetChanges"/>.
/// </summary>
public static class OpsetRaiser
{
    /// <summary>The oldest opset that is read. Before it, broadcasting was written down operator by operator.</summary>
    public const int Oldest = 7;

    /// <summary>The model in opset <paramref name="opset"/>; the model itself where it is in that already.</summary>
    /// <exception cref="ModelFormatException">
    /// The model is newer than <paramref name="opset"/>, older than <see cref="Oldest"/>, or uses an operator that changed its meaning.
    /// </exception>
    public static ModelProto Raise(ModelProto model, int opset)
    {
        int from = model.StandardOpset();
        if (from == opset || from == 0) return model;
        if (from < Oldest || from > opset)
            throw Unsupported(model.Graph, from, opset);
        ModelProto raised = model.Clone();
        ModelChecker.CheckNodes(raised, raised.Graph.Name, _ => null); // attributes and inputs may have come into a function by its call
        Run run = new(new(raised.Graph), RealType(raised.Graph), from, opset);
        run.Raise(raised.Graph);
        foreach (OperatorSetIdProto import in raised.OpsetImport.Where(o => ModelExtensions.IsStandardDomain(o.Domain)))
            import.Version = opset;
        return raised;
    }

    static ModelFormatException Unsupported(GraphProto graph, int from, int to) =>
        new(new("opset-unsupported", "the model uses an unsupported version of the ONNX operators")
        {
            Where = graph.Name,
            Found = $"opset {from}",
            Expected = $"opset {Oldest} to {to}",
            Fix = $"export the model with opset {to}",
        });

    /// <summary>The type that the model computes in, for numbers of operators whose own type is not declared.</summary>
    static DataType RealType(GraphProto graph) =>
        graph.FedInputs().Select(i => (DataType)(i.Type?.TensorType?.ElemType ?? 0)).Concat(graph.Initializer.Select(t => t.Type()))
        .FirstOrDefault(t => t is DataType.Float or DataType.Double or DataType.Float16, DataType.Float);

    /// <summary>One pass over one model.</summary>
    sealed class Run(UniqueNames names, DataType realType, int from, int opset)
    {
        public void Raise(GraphProto graph)
        {
            List<NodeProto> nodes = [];
            foreach (NodeProto node in graph.Node)
            {
                foreach (GraphProto body in node.Bodies()) Raise(body);
                NodeEdit edit = new(graph, node, nodes, names, realType);
                // Version by version: a change may make another operator of it, which has changes of its own.
                for (int version = from + 1; version <= opset && ModelExtensions.IsStandardDomain(node.Domain); version++)
                {
                    foreach (OpsetChange change in OpsetChanges.Of(node.OpType).Where(c => c.Since == version)) Apply(change, edit);
                }
                nodes.Add(node);
                nodes.AddRange(edit.After);
            }
            graph.Node.Clear();
            graph.Node.AddRange(nodes);
        }

        static void Apply(OpsetChange change, NodeEdit edit) => NodeGuard.Apply(edit.Node, () =>
        {
            change.Apply(edit);
            return true;
        });
    }
}
