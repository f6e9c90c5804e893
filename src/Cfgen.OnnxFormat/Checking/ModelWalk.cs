using Google.Protobuf.Collections;

namespace Cfgen.OnnxFormat.Checking;

/// <summary>One pass over the graphs of one model in the order of their nodes.</summary>
/// <param name="refusal">Words errors.</param>
/// <param name="opset">Version of the standard operators in the model's graph.</param>
sealed class ModelWalk(Refusal refusal, int opset)
{
    readonly OperatorCheck _operators = new(refusal);
    readonly TensorCheck _tensors = new(refusal);
    readonly UnfoldingCheck _unfolding = new(refusal);
    readonly LoopCheck _loops = new(refusal);
    int _nodes;

    /// <exception cref="ModelFormatException">The graph or one of its bodies is not sound.</exception>
    public void Check(GraphProto graph)
    {
        Check(graph, null, 0);
        HashSet<string> outputs = new(StringComparer.Ordinal);
        foreach (ValueInfoProto output in graph.Output)
        {
            if (!outputs.Add(output.Name))
                throw refusal.Of(
                    $"graph '{graph.Name}'", "output-twice", "the model has two outputs of one name", $"'{output.Name}' again",
                    "each name once");
        }
    }

    /// <exception cref="ModelFormatException">The function or one of its bodies is not sound.</exception>
    public void Check(FunctionProto function)
    {
        string part = $"function {function.Domain}.{function.Name}";
        Scope scope = new(null, function.ValueInfo);
        foreach (string input in function.Input) Add(scope, input, ValueFacts.Unknown, part);
        int around = opset;
        opset = function.OpsetImport.StandardOpset(); // a function says for itself which operators it uses
        foreach (NodeProto node in function.Node) Check(node, function.Node, scope, 0);
        opset = around;
        foreach (string output in function.Output) CheckMade(scope, output, part);
        NodeProto defaults = new() { Name = function.Name, OpType = "function", Attribute = { function.AttributeProto } };
        CheckAttributes(defaults, scope, 0);
    }

    void Check(GraphProto graph, Scope? around, int depth)
    {
        string part = $"graph '{graph.Name}'";
        Scope scope = new(around, graph.ValueInfo);
        foreach (ValueInfoProto input in graph.Input) Add(scope, input.Name, ValueFacts.Of(input), part);
        foreach (TensorProto tensor in graph.Initializer)
        {
            if (tensor.Name.Length == 0)
                throw refusal.Of(
                    part, "initializer-unnamed", "an initializer has no name", "an empty name", "a name that nodes can read it by");
            _tensors.Check(tensor, null);
            if (!scope.TryAddInitializer(tensor)) throw Twice(tensor.Name, $"initializer '{tensor.Name}'");
        }
        foreach (NodeProto node in graph.Node) Check(node, graph.Node, scope, depth);
        foreach (ValueInfoProto output in graph.Output) CheckMade(scope, output.Name, part);
    }

    void Check(NodeProto node, RepeatedField<NodeProto> among, Scope scope, int depth)
    {
        if (++_nodes > ModelChecker.MaxNodes)
            throw refusal.Of(
                node, "model-too-many-nodes", "the model has too many nodes", $"more than {ModelChecker.MaxNodes}",
                $"at most {ModelChecker.MaxNodes}, those of bodies included");
        foreach (string input in node.Input)
        {
            if (input.Length > 0 && scope.Find(input) is null) throw Unmade(node, input, among);
        }
        _operators.Check(node, opset, name => scope.Find(name)?.Shape);
        bool hasBodies = CheckAttributes(node, scope, depth);
        if (hasBodies) _loops.Check(node, scope);
        ValueFacts facts = hasBodies ? ValueFacts.Unknown : _unfolding.Check(node, scope);
        for (int i = 0; i < node.Output.Count; i++)
        {
            ValueFacts own = i == 0 ? facts : facts.IsConstant ? ValueFacts.UnknownConstant : ValueFacts.Unknown;
            if (node.Output[i].Length > 0 && !scope.TryAdd(node.Output[i], own))
                throw refusal.Of(node, "value-twice", "the model makes a value twice", $"'{node.Output[i]}' again", "each name made once");
        }
    }

    /// <summary>Checks the tensors and bodies in a node's attributes; true where there is a body.</summary>
    bool CheckAttributes(NodeProto node, Scope scope, int depth)
    {
        bool hasBodies = false;
        foreach (AttributeProto attribute in node.Attribute)
        {
            if (attribute.T is { } single) _tensors.Check(single, node);
            foreach (TensorProto tensor in attribute.Tensors) _tensors.Check(tensor, node);
            if (attribute.G is null && attribute.Graphs.Count == 0) continue;
            hasBodies = true;
            if (depth == ModelChecker.MaxDepth)
                throw refusal.Of(
                    node, "bodies-too-deep", "the model nests bodies too deeply", $"more than {ModelChecker.MaxDepth} inside each other",
                    $"at most {ModelChecker.MaxDepth}");
            foreach (GraphProto body in attribute.Bodies()) Check(body, scope, depth + 1);
        }
        return hasBodies;
    }

    void Add(Scope scope, string name, ValueFacts facts, string part)
    {
        if (name.Length == 0)
            throw refusal.Of(part, "input-unnamed", "an input has no name", "an empty name", "a name that nodes can read it by");
        if (!scope.TryAdd(name, facts)) throw Twice(name, part);
    }

    void CheckMade(Scope scope, string output, string part)
    {
        if (scope.Find(output) is null)
            throw refusal.Of(
                part, "output-not-made", "nothing makes one of the outputs", $"output '{output}'",
                "the name of a node's output, an input or an initializer");
    }

    ModelFormatException Twice(string name, string part) =>
        refusal.Of(part, "value-twice", "the model makes a value twice", $"'{name}' again", "each name made once");

    /// <summary>The error of a node that reads what is not there yet.</summary>
    ModelFormatException Unmade(NodeProto node, string input, RepeatedField<NodeProto> among) => among.Any(n => n.Output.Contains(input))
        ? refusal.Of(
            node, "graph-order-wrong", "a node reads a value that is made only later, or in a circle", $"input '{input}'",
            "nodes in the order in which they can be computed")
        : refusal.Of(
            node, "value-not-made", "a node reads a value that nothing makes", $"input '{input}'",
            "the name of an earlier node's output, an input or an initializer");
}
