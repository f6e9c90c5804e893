using System.Globalization;
using Cfgen.OnnxFormat.Checking;
using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;

namespace Cfgen.OnnxFormat.Normalisation;

/// <summary>Replaces every call of a model-local function by the function's body, so that what follows sees operators only.</summary>
/// <remarks>
/// Functions that call functions can stand for exponentially many nodes: depth and number of nodes are bounded, and counted first.
/// Bodies of functions called within bodies add up: the inlined graph nests them no deeper than a file may, so that whatever walks it needs
/// little stack.
/// </remarks>
public static class FunctionInliner
{
    /// <summary>Deepest chain of calls. Exporters nest a handful.</summary>
    public const int MaxDepth = 64;

    /// <summary>Most nodes that the inlined graph may have.</summary>
    public const int MaxNodes = 1_000_000;

    /// <summary>The model without functions, in the newest opset that it or a function uses; the model itself where it has none.</summary>
    /// <exception cref="ModelFormatException">
    /// A function is there twice or calls itself, calls or bodies are too deep, the bodies unfold to too many nodes, or a function cannot
    /// be brought to the model's opset.
    /// </exception>
    public static ModelProto Inline(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Functions.Count == 0) return model;
        FunctionTable functions = new(model);
        int opset = model.Functions.Select(f => Body(f).StandardOpset()).Append(model.StandardOpset()).Max();
        ModelProto inlined = OpsetRaiser.Raise(model, opset).Clone();
        Import(inlined, opset);
        Run run = new(inlined.Graph, functions, opset);
        List<NodeProto> nodes = [];
        foreach (NodeProto node in inlined.Graph.Node) run.Append(node, nodes, depth: 0);
        inlined.Graph.Node.Clear();
        inlined.Graph.Node.AddRange(nodes);
        inlined.Functions.Clear();
        return inlined;
    }

    /// <summary>Bodies may use operators that the graph around them does not.</summary>
    static void Import(ModelProto model, int opset)
    {
        if (model.StandardOpset() == 0 && opset > 0) model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = opset });
        foreach (OperatorSetIdProto import in model.Functions.SelectMany(f => f.OpsetImport)
            .Where(o => !ModelExtensions.IsStandardDomain(o.Domain)))
        {
            if (model.OpsetImport.All(o => o.Domain != import.Domain)) model.OpsetImport.Add(import.Clone());
        }
    }

    static ModelProto Body(FunctionProto function)
    {
        ModelProto body = new() { Graph = new() { Name = function.Name } };
        body.OpsetImport.AddRange(function.OpsetImport);
        return body;
    }

    /// <summary>One pass over one model.</summary>
    sealed class Run(GraphProto graph, FunctionTable functions, int opset)
    {
        readonly UniqueNames _names = new(graph);
        int _calls, _nodes;

        /// <summary>Appends the node, or what the function it calls stands for.</summary>
        /// <param name="node">Changed where it has bodies.</param>
        /// <param name="target">Where to.</param>
        /// <param name="depth">How many bodies are around it.</param>
        public void Append(NodeProto node, List<NodeProto> target, int depth)
        {
            foreach (GraphProto body in node.Bodies())
            {
                // The table has counted already, but not what a function adds around a graph that it is given as an attribute.
                if (depth == ModelChecker.MaxDepth) throw FunctionTable.TooNested(node);
                List<NodeProto> inner = [];
                foreach (NodeProto own in body.Node) Append(own, inner, depth + 1);
                body.Node.Clear();
                body.Node.AddRange(inner);
            }
            if (functions.Called(node) is { } function)
            {
                foreach (NodeProto inner in Instantiate(function, node)) Append(inner, target, depth);
                return;
            }
            // The table has counted already, but not how often a function repeats a graph that it is given as an attribute.
            if (++_nodes > 2 * MaxNodes)
                throw FunctionTable.TooMuch(node, string.Create(CultureInfo.InvariantCulture, $"more than {MaxNodes} nodes"));
            target.Add(node);
        }

        List<NodeProto> Instantiate(FunctionProto function, NodeProto call)
        {
            string prefix =
                string.Create(CultureInfo.InvariantCulture, $"{(call.Name.Length > 0 ? call.Name : function.Name)}/{_calls++}/");
            Dictionary<string, AttributeProto> attributes = function.AttributeProto.Concat(call.Attribute).GroupBy(a => a.Name)
                .ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
            (Dictionary<string, string> names, List<NodeProto> copies) = Ports(function, call);
            List<NodeProto> nodes = Specialise(function, attributes);
            foreach (NodeProto node in nodes)
            {
                if (node.Name.Length > 0) node.Name = prefix + node.Name; // unique in the function alone
                NodeRenaming.Apply(
                    node, inner => names.TryGetValue(inner, out string? outer) ? outer : names[inner] = _names.Fresh(prefix + inner));
                Bind(node, attributes, graphs: true); // last: the names in them are the caller's
            }
            nodes.AddRange(copies);
            return nodes;
        }

        /// <summary>
        /// What the names of the function's inputs and outputs mean to the caller, and copies for outputs that are an input or another
        /// output too.
        /// </summary>
        static (Dictionary<string, string> Names, List<NodeProto> Copies) Ports(FunctionProto function, NodeProto call)
        {
            Dictionary<string, string> names = new(StringComparer.Ordinal);
            List<NodeProto> copies = [];
            for (int i = 0; i < function.Input.Count; i++) names[function.Input[i]] = i < call.Input.Count ? call.Input[i] : "";
            for (int i = 0; i < function.Output.Count; i++)
            {
                if (i >= call.Output.Count || call.Output[i].Length == 0 || names.TryAdd(function.Output[i], call.Output[i])) continue;
                copies.Add(new NodeProto
                {
                    OpType = "Identity",
                    Name = call.Output[i],
                    Input = { names[function.Output[i]] },
                    Output = { call.Output[i] },
                });
            }
            return (names, copies);
        }

        /// <summary>
        /// The body with the call's attributes, in the model's own version of the operators: an attribute may become an input on the way.
        /// </summary>
        List<NodeProto> Specialise(FunctionProto function, Dictionary<string, AttributeProto> attributes)
        {
            ModelProto body = Body(function);
            body.Graph.Node.AddRange(function.Node.Select(n => n.Clone()));
            foreach (NodeProto node in body.Graph.Node) Bind(node, attributes, graphs: false);
            GraphProto raised = OpsetRaiser.Raise(body, opset).Graph;
            return [.. raised.Initializer.Select(AsNode), .. raised.Node];
        }

        static NodeProto AsNode(TensorProto tensor) =>
            new()
            {
                OpType = "Constant",
                Output = { tensor.Name },
                Attribute = { new AttributeProto { Name = "value", Type = AttributeType.Tensor, T = tensor } },
            };

        /// <summary>
        /// Puts the call's value where an attribute refers to one; without a value the attribute is left out, as if it had not been
        /// written.
        /// </summary>
        static void Bind(NodeProto node, Dictionary<string, AttributeProto> attributes, bool graphs)
        {
            foreach (NodeProto inner in node.Bodies().SelectMany(b => b.Node)) Bind(inner, attributes, graphs);
            foreach (AttributeProto reference in node.Attribute.Where(a => a.RefAttrName.Length > 0).ToArray())
            {
                AttributeProto? value = attributes.GetValueOrDefault(reference.RefAttrName);
                if (value is not null && value.Bodies().Any() != graphs) continue;
                node.Attribute.Remove(reference);
                if (value is null) continue;
                AttributeProto bound = value.Clone();
                bound.Name = reference.Name;
                node.Attribute.Add(bound);
            }
        }
    }
}
