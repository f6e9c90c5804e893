using System.Runtime.CompilerServices;
using Cfgen.OnnxFormat.Checking;

namespace Cfgen.OnnxFormat.Normalisation;

/// <summary>The functions of a model, and how much the calls of them stand for: counted before anything is built.</summary>
sealed class FunctionTable
{
    readonly Dictionary<(string Domain, string Name, string Overload), FunctionProto> _functions = [];
    readonly Dictionary<FunctionProto, Extent> _extents = new(ReferenceEqualityComparer.Instance);
    readonly HashSet<FunctionProto> _open = new(ReferenceEqualityComparer.Instance);

    /// <exception cref="ModelFormatException">
    /// Two functions have the same name, or one calls itself, or calls are too deep or stand for too many nodes.
    /// </exception>
    public FunctionTable(ModelProto model)
    {
        foreach (FunctionProto function in model.Functions)
        {
            if (!_functions.TryAdd((function.Domain, function.Name, function.Overload), function))
                throw Twice(function);
        }
        Measure(model.Graph.Node, depth: 0);
    }

    /// <summary>The function that a node calls; null where the node is an operator.</summary>
    public FunctionProto? Called(NodeProto node) => _functions.GetValueOrDefault((node.Domain, node.OpType, node.Overload));

    static ModelFormatException Twice(FunctionProto function) =>
        new(new("function-twice", "the model defines a function twice")
        {
            Where = $"function {function.Domain}.{function.Name}",
            Found = "two functions of one name",
            Expected = "each name once",
            Fix = "export the model again",
        });

    /// <summary>The error of a call that stands for too much.</summary>
    public static ModelFormatException TooMuch(NodeProto node, string found) =>
        new(new("functions-too-large", "the model's functions unfold to more than can be handled")
        {
            Where = $"node '{node.Name}', function {node.Domain}.{node.OpType}",
            Found = found,
            Expected = FormattableString.Invariant($"at most {FunctionInliner.MaxDepth} calls deep, ")
                + FormattableString.Invariant($"bodies {ModelChecker.MaxDepth} deep, and {FunctionInliner.MaxNodes} nodes"),
            Fix = "export the model without nested functions",
        });

    /// <summary>The error of a node whose bodies, with those of the functions called in them, are too deep.</summary>
    public static ModelFormatException TooNested(NodeProto node) =>
        TooMuch(node, FormattableString.Invariant($"bodies more than {ModelChecker.MaxDepth} inside each other"));

    /// <summary>Calls are counted with the nodes: functions without nodes could otherwise be called without end.</summary>
    Extent Measure(IEnumerable<NodeProto> nodes, int depth)
    {
        Extent whole = default;
        foreach (NodeProto node in nodes)
        {
            // Bodies within calls within bodies: each kind has its limit, but not the product of the two.
            if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw TooMuch(node, "calls and bodies too deep inside each other");
            foreach (Extent part in node.Bodies().Select(b => Measure(b.Node, depth)).Select(e => e with { Bodies = e.Bodies + 1 })
                .Append(Called(node) is { } function ? Measure(function, node, depth) : new(1, 0, 0)))
                whole = new(whole.Nodes + part.Nodes, Math.Max(whole.Depth, part.Depth), Math.Max(whole.Bodies, part.Bodies));
            if (whole.Bodies > ModelChecker.MaxDepth) throw TooNested(node);
            if (whole.Nodes > FunctionInliner.MaxNodes)
                throw TooMuch(node, FormattableString.Invariant($"more than {FunctionInliner.MaxNodes} nodes"));
        }
        return whole;
    }

    Extent Measure(FunctionProto function, NodeProto call, int depth)
    {
        if (!_extents.TryGetValue(function, out Extent extent))
        {
            if (!_open.Add(function)) throw TooMuch(call, "a function that calls itself");
            if (depth >= FunctionInliner.MaxDepth) throw TooDeep(call);
            Extent body = Measure(function.Node, depth + 1);
            _extents[function] = extent = body with { Nodes = body.Nodes + 1, Depth = body.Depth + 1 };
            _open.Remove(function);
        }
        return depth + extent.Depth > FunctionInliner.MaxDepth ? throw TooDeep(call) : extent;
    }

    static ModelFormatException TooDeep(NodeProto call) =>
        TooMuch(call, FormattableString.Invariant($"calls more than {FunctionInliner.MaxDepth} deep"));

    /// <summary>What a call stands for: how many nodes, calls how deep, and bodies how deep.</summary>
    readonly record struct Extent(long Nodes, int Depth, int Bodies);
}
