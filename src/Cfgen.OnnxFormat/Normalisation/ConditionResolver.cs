namespace Cfgen.OnnxFormat.Normalisation;

/// <summary>
/// Replaces every If whose condition is a constant by the nodes of the branch taken: exporters leave them behind where a program asked for
/// a shape.
/// </summary>
public static class ConditionResolver
{
    /// <summary>
    /// Changes the graph in place. Branches inside a branch taken are resolved too; the bodies of other nodes are left alone.
    /// </summary>
    /// <returns>Whether there was such an If.</returns>
    /// <exception cref="ModelFormatException">The branch taken is missing or has another number of outputs.</exception>
    public static bool Resolve(GraphProto graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        if (!graph.Node.Any(IsIf)) return false;
        Run run = new(graph);
        foreach (NodeProto node in graph.Node) run.Append(node);
        if (!run.Found) return false;
        graph.Node.Clear();
        graph.Node.AddRange(run.Nodes);
        GraphPruning.Prune(graph);
        return true;
    }

    static bool IsIf(NodeProto node) => node.OpType == "If" && ModelExtensions.IsStandardDomain(node.Domain);

    /// <summary>One pass over one graph.</summary>
    sealed class Run(GraphProto graph)
    {
        readonly Dictionary<string, TensorProto> _constants = graph.Constants();
        readonly UniqueNames _names = new(graph);

        public List<NodeProto> Nodes { get; } = [];

        public bool Found { get; private set; }

        public void Append(NodeProto node)
        {
            if (!IsIf(node) || !_constants.TryGetValue(node.Input[0], out TensorProto? condition))
            {
                Nodes.Add(node);
                return;
            }
            Found = true;
            string name = condition.ToLongs()[0] != 0 ? "then_branch" : "else_branch";
            GraphProto? branch = node.Find(name)?.G;
            if (branch is null || branch.Output.Count != node.Output.Count) throw Damaged(node, name, branch);
            Unfold(node, branch.Clone());
        }

        void Unfold(NodeProto node, GraphProto branch)
        {
            HashSet<string> made = [.. branch.Node.SelectMany(n => n.Output)];
            Dictionary<string, string> names = new(StringComparer.Ordinal);
            List<NodeProto> copies = [];
            for (int i = 0; i < node.Output.Count; i++)
            {
                string inner = branch.Output[i].Name, outer = node.Output[i];
                if (outer.Length == 0) continue;
                // A value from around the branch, a constant of it, or one that is an output already, cannot take the output's name.
                if (!made.Contains(inner) || !names.TryAdd(inner, outer))
                    copies.Add(new NodeProto { OpType = "Identity", Name = outer, Input = { inner }, Output = { outer } });
            }
            foreach (string own in branch.Initializer.Select(t => t.Name).Concat(made).Where(o => o.Length > 0 && !names.ContainsKey(o))
                .ToArray())
                names[own] = _names.Fresh(own);
            foreach (TensorProto tensor in branch.Initializer)
            {
                tensor.Name = names[tensor.Name];
                graph.Initializer.Add(tensor);
                _constants[tensor.Name] = tensor;
            }
            string prefix = node.Name.Length > 0 ? node.Name : node.Output.First(o => o.Length > 0);
            foreach (NodeProto inner in branch.Node)
            {
                if (inner.Name.Length > 0) inner.Name = $"{prefix}/{inner.Name}"; // unique in its branch alone
                NodeRenaming.Apply(inner, value => names.GetValueOrDefault(value, value));
                foreach ((string value, TensorProto tensor) in new GraphProto { Node = { inner } }.Constants()) _constants[value] = tensor;
                Append(inner);
            }
            foreach (NodeProto copy in copies)
            {
                copy.Input[0] = names.GetValueOrDefault(copy.Input[0], copy.Input[0]);
                Nodes.Add(copy);
            }
        }

        static ModelFormatException Damaged(NodeProto node, string name, GraphProto? branch) =>
            new(new("branch-invalid", "a branch of an If does not fit the node")
            {
                Where = $"node '{node.Name}', {name}",
                Found = branch is null ? "no branch" : $"{branch.Output.Count} outputs",
                Expected = $"{node.Output.Count} outputs",
                Fix = "export the model again",
            });
    }
}
