using Cfgen.Autodiff.Cpu;
using Cfgen.OnnxFormat;
using Cfgen.OnnxFormat.Normalisation;

namespace Cfgen.Autodiff;

/// <summary>
/// The loop of reverse mode: from the output to the inputs, each node is asked for the gradients of its inputs, and those of a value with
/// several uses are added up.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="forms">Asked before the rules; null where the rules alone are.</param>
sealed class BackwardPass(DifferentiatedGraph graph, CpuForms? forms)
{
    readonly Dictionary<string, List<string>> _parts = new(StringComparer.Ordinal); // one for each use of a value

    /// <summary>Goes through all nodes on the path; the output's gradient has been added before.</summary>
    public void Run()
    {
        foreach (NodeProto node in graph.Path.Nodes.Reverse()) Step(node);
    }

    /// <summary>The gradient of a value, the sum over its uses so far; null where it has none.</summary>
    public string? GradientOf(string value) => _parts.TryGetValue(value, out List<string>? parts) ? graph.Ops.Sum(parts) : null;

    /// <summary>Adds what one use of a value gives to its gradient.</summary>
    public void Add(string value, string gradient)
    {
        if (!_parts.TryGetValue(value, out List<string>? parts)) _parts[value] = parts = [];
        parts.Add(gradient);
        graph.ValueOf[gradient] = value;
    }

    void Step(NodeProto node)
    {
        string?[] outputGradients = [.. node.Output.Select(GradientOf)];
        if (outputGradients.All(g => g is null)) return;
        if (outputGradients is [string only] && forms?.OfFunction(node, only) is (string x, string dx))
        {
            Add(x, dx);
            return;
        }
        GradientRuleEntry entry = GradientRules.Find(node.OpType, graph.Ops.Opset)!;
        bool Needs(int i) => entry.Differentiates(i) && graph.Path.DependsOnInput(node.Input[i]);
        GradientContext n = new(node, outputGradients, graph, Needs);
        string?[] gradients = NodeGuard.Apply(node, () => Gradients(n, entry.Rule!));
        for (int i = 0; i < node.Input.Count; i++)
        {
            if (i >= gradients.Length || gradients[i] is not { } gradient || !n.Needs(i)) continue;
            IReadOnlyList<Dimension> own = n.Shape(i);
            Add(node.Input[i], Broadcasting.Undo(graph.Ops, gradient, Broadcasting.Shape(entry.Extent(i), own, n.OutputShape), own));
        }
    }

    /// <summary>Of each input, by a form that serves or else by the rule.</summary>
    string?[] Gradients(GradientContext n, GradientRule rule)
    {
        if (forms is null) return rule(n);
        int count = n.Node.Input.Count;
        string?[] gradients = [.. Enumerable.Range(0, count).Select(i => n.Needs(i) ? forms.OfInput(n, i, rule) : null)];
        if (!Enumerable.Range(0, count).Any(i => n.Needs(i) && gradients[i] is null)) return gradients;
        string?[] others = rule(n.NeededWhere(i => gradients[i] is null));
        for (int i = 0; i < Math.Min(count, others.Length); i++) gradients[i] ??= others[i];
        return gradients;
    }
}
