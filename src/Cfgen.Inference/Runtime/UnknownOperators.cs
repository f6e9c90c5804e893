using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Runtime;

/// <summary>Finds the operators of a model that the runtime may lack: custom ones, and those that are misspelt.</summary>
static class UnknownOperators
{
    /// <summary>What the runtime says, among other things, where it lacks an operator.</summary>
    static readonly string[] s_lacking = ["is not a registered function/op", "No Op registered for"];

    /// <summary>Domains of which the runtime has some operators at least.</summary>
    static readonly string[] s_runtimeDomains =
    [
        "ai.onnx.ml", "ai.onnx.training", "ai.onnx.preview", "ai.onnx.preview.training", "org.pytorch.aten",
        "com.microsoft", "com.microsoft.nchwc", "com.microsoft.experimental", "com.ms.internal.nhwc",
    ];

    /// <summary>The operators that a model was refused for, each with its domain, how often it is used, and one place.</summary>
    /// <param name="model">The model that the runtime refused.</param>
    /// <param name="refusal">What it said.</param>
    /// <returns>Null where it was refused for another reason.</returns>
    public static string? Describe(ModelProto model, string refusal)
    {
        if (!s_lacking.Any(words => refusal.Contains(words, StringComparison.Ordinal))) return null;
        HashSet<(string, string)> functions = [.. model.Functions.Select(f => (f.Domain, f.Name))];
        string[] operators =
        [
            .. from node in WithBodies(model.Graph).Concat(model.Functions.SelectMany(f => f.Node.SelectMany(WithBodies)))
               where !functions.Contains((node.Domain, node.OpType)) && IsUnknown(node, refusal)
               group node by node.QualifiedName() into same
               orderby same.Key
               select $"{same.Key} ({same.Count()} node{(same.Count() == 1 ? "" : "s")}, such as '{same.First().DisplayName()}')",
        ];
        return operators.Length == 0 ? null : string.Join("; ", operators);
    }

    /// <summary>One of a domain that the runtime does not know; of its own domains the one that it names.</summary>
    static bool IsUnknown(NodeProto node, string refusal)
    {
        if (!ModelExtensions.IsStandardDomain(node.Domain) && !s_runtimeDomains.Contains(node.Domain)) return true;
        return new[] { $" {node.OpType} with ", $":{node.OpType}(" }.Any(words => refusal.Contains(words, StringComparison.Ordinal));
    }

    static IEnumerable<NodeProto> WithBodies(GraphProto graph) => graph.Node.SelectMany(WithBodies);

    static IEnumerable<NodeProto> WithBodies(NodeProto node) => node.Bodies().SelectMany(WithBodies).Prepend(node);
}
