using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff;

/// <summary>The nodes between the inputs and the output through which a gradient flows.</summary>
sealed class DifferentiablePath
{
    readonly HashSet<string> _inputs;
    readonly HashSet<string> _dependsOnInput;

    DifferentiablePath(IReadOnlyList<NodeProto> nodes, HashSet<string> inputs, HashSet<string> dependsOnInput) =>
        (Nodes, _inputs, _dependsOnInput) = (nodes, inputs, dependsOnInput);

    /// <summary>In the order of the graph.</summary>
    public IReadOnlyList<NodeProto> Nodes { get; }

    /// <summary>Whether a value is an input, the gradient with respect to which is asked for.</summary>
    public bool BeginsAt(string value) => _inputs.Contains(value);

    /// <summary>Whether a change of an input changes this value continuously.</summary>
    public bool DependsOnInput(string value) => _dependsOnInput.Contains(value);

    /// <summary>Follows the inputs forwards and the output backwards, and checks that every node between has a rule.</summary>
    /// <param name="forward">In topological order.</param>
    /// <param name="opset">Version of the standard operators.</param>
    /// <param name="inputs">Where the paths begin.</param>
    /// <param name="output">Where they end.</param>
    /// <param name="obstacle">Why a node without a rule is still there, where there is more to say than that.</param>
    /// <exception cref="NotDifferentiableException">
    /// Nodes without a rule, all told at once; or the output does not depend on an input.
    /// </exception>
    public static DifferentiablePath Find(
        IReadOnlyList<NodeProto> forward, int opset, IEnumerable<string> inputs, string output, Func<NodeProto, string?> obstacle)
    {
        string[] starts = [.. inputs];
        HashSet<string> depends = [.. starts];
        List<NodeProto> reached = [];
        foreach (NodeProto node in forward)
        {
            bool captures = FindRule(node, opset) is null && GraphPruning.Captured(node).Any(depends.Contains);
            if (!captures && !DifferentiatedInputs(node, opset).Any(depends.Contains)) continue;
            depends.UnionWith(node.Output.Where(o => o.Length > 0));
            reached.Add(node);
        }

        HashSet<string> leads = [output];
        List<NodeProto> nodes = [];
        foreach (NodeProto node in Enumerable.Reverse(reached))
        {
            if (!node.Output.Any(leads.Contains)) continue;
            leads.UnionWith(DifferentiatedInputs(node, opset).Where(depends.Contains));
            nodes.Add(node);
        }
        nodes.Reverse();

        RequireRules([.. nodes.Where(n => FindRule(n, opset) is null)], opset, obstacle);
        foreach (string input in starts)
        {
            if (!leads.Contains(input)) throw NoDependence(output, input);
        }
        return new(nodes, [.. starts], depends);
    }

    /// <summary>The error for an output that an input changes in steps or not at all.</summary>
    public static NotDifferentiableException NoDependence(string output, string input) =>
        new(new("no-dependence", $"'{output}' does not depend on '{input}' in a way that has a gradient")
        {
            Expected = "a path of differentiable operators between them",
            Fix = "check the names of input and output",
        });

    /// <summary>
    /// The inputs through which a gradient may flow: of a node without a row all, as whether it matters is known only from behind.
    /// </summary>
    static IEnumerable<string> DifferentiatedInputs(NodeProto node, int opset)
    {
        GradientRuleEntry? entry = FindRule(node, opset);
        return node.Input.Where((_, i) => entry?.Differentiates(i) != false);
    }

    static GradientRuleEntry? FindRule(NodeProto node, int opset) =>
        ModelExtensions.IsStandardDomain(node.Domain) ? GradientRules.Find(node.OpType, opset) : null;

    static void RequireRules(NodeProto[] missing, int opset, Func<NodeProto, string?> obstacle)
    {
        if (missing.Length == 0) return;
        if (opset is < OpsetRaiser.Oldest or > GradientRules.Newest && missing.Any(n => ModelExtensions.IsStandardDomain(n.Domain)))
            throw Unchecked(opset);
        IEnumerable<string> operators =
            from node in missing
            group node by node.QualifiedName() into same
            orderby same.Key
            let why = obstacle(same.First())
            let place = same.First().DisplayName()
            select $"{same.Key} ({same.Count()} node{(same.Count() == 1 ? "" : "s")}, such as '{place}'{(why is null ? "" : $": {why}")})";
        throw WithoutRule(operators, opset);
    }

    static NotDifferentiableException Unchecked(int opset) =>
        new(new("opset-unsupported", "the gradient rules were not checked for this version of the ONNX operators")
        {
            Found = $"opset {opset}",
            Expected = $"opset {OpsetRaiser.Oldest} to {GradientRules.Newest}",
            Fix = $"export the model with opset {GradientRules.Newest} or an older one of these",
        });

    static NotDifferentiableException WithoutRule(IEnumerable<string> operators, int opset) =>
        new(new("operators-without-gradient", "the model uses operators that have no gradient rule")
        {
            Where = $"opset {opset}",
            Found = string.Join("; ", operators),
            Expected = $"operators among {string.Join(", ", GradientRules.All.Where(e => e.Rule is not null).Select(e => e.OpType))}",
            Fix = "export the model with other operators, or give a gradient graph made elsewhere",
        });
}
