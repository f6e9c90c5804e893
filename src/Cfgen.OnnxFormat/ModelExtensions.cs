namespace Cfgen.OnnxFormat;

/// <summary>Questions one asks of every model.</summary>
public static class ModelExtensions
{
    /// <summary>Whether the domain is that of the standard operators, which has two spellings.</summary>
    public static bool IsStandardDomain(string domain) => domain is "" or "ai.onnx";

    /// <summary>Version of the standard operators that the model uses, 0 where it uses none.</summary>
    public static int StandardOpset(this ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return (int)(model.OpsetImport.FirstOrDefault(o => IsStandardDomain(o.Domain))?.Version ?? 0);
    }

    /// <summary>Every constant of the graph by name: its initializers and the outputs of its Constant nodes.</summary>
    public static Dictionary<string, TensorProto> Constants(this GraphProto graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Dictionary<string, TensorProto> constants = new(StringComparer.Ordinal);
        foreach (TensorProto tensor in graph.Initializer) constants[tensor.Name] = tensor;
        foreach (NodeProto node in graph.Node)
        {
            if (node.OpType == "Constant" && node.Attribute.FirstOrDefault(a => a.Name == "value")?.T is { } tensor) constants[node.Output[0]] = tensor;
        }
        return constants;
    }

    /// <summary>Inputs that a caller has to feed: those that are not merely the names of initializers, as models of IR version 3 list them too.</summary>
    public static IEnumerable<ValueInfoProto> FedInputs(this GraphProto graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        HashSet<string> initializers = [.. graph.Initializer.Select(t => t.Name)];
        return graph.Input.Where(i => !initializers.Contains(i.Name));
    }
}
