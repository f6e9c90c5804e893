using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

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
        return model.OpsetImport.StandardOpset();
    }

    /// <summary>Version of the standard operators among those of all domains, 0 where there is none.</summary>
    internal static int StandardOpset(this IEnumerable<OperatorSetIdProto> imports) =>
        (int)Math.Clamp(imports.FirstOrDefault(o => IsStandardDomain(o.Domain))?.Version ?? 0, 0, int.MaxValue);

    /// <summary>Every constant of the graph by name: its initializers and the outputs of its Constant nodes.</summary>
    public static Dictionary<string, TensorProto> Constants(this GraphProto graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Dictionary<string, TensorProto> constants = new(StringComparer.Ordinal);
        foreach (TensorProto tensor in graph.Initializer) constants[tensor.Name] = tensor;
        foreach (NodeProto node in graph.Node)
        {
            if (node.OpType == "Constant" && node.Output.Count > 0
                && node.Attribute.Select(Value).FirstOrDefault(t => t is not null) is { } tensor)
                constants[node.Output[0]] = tensor;
        }
        return constants;
    }

    /// <summary>The operator of a node, behind its domain where that is not the standard one.</summary>
    public static string QualifiedName(this NodeProto node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Domain.Length == 0 ? node.OpType : $"{node.Domain}.{node.OpType}";
    }

    /// <summary>What to call a node in messages: its name, or that of what it makes where it has none.</summary>
    public static string DisplayName(this NodeProto node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault(o => o.Length > 0) ?? "";
    }

    /// <summary>An attribute of a node by name; null where it is left out.</summary>
    public static AttributeProto? Find(this NodeProto node, string name)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Attribute.FirstOrDefault(a => a.Name == name);
    }

    /// <summary>The bodies that a node of If, Loop or Scan holds.</summary>
    public static IEnumerable<GraphProto> Bodies(this NodeProto node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Attribute.SelectMany(Bodies);
    }

    /// <summary>The graphs that an attribute holds.</summary>
    internal static IEnumerable<GraphProto> Bodies(this AttributeProto attribute) =>
        attribute.G is { } graph ? attribute.Graphs.Append(graph) : attribute.Graphs;

    /// <summary>
    /// Inputs that a caller has to feed: those that are not merely the names of initializers, as models of IR version 3 list them too.
    /// </summary>
    public static IEnumerable<ValueInfoProto> FedInputs(this GraphProto graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        HashSet<string> initializers = [.. graph.Initializer.Select(t => t.Name)];
        return graph.Input.Where(i => !initializers.Contains(i.Name));
    }

    /// <summary>The numbers of a Constant node, in whichever of its attributes they stand.</summary>
    internal static TensorProto? Value(AttributeProto attribute) => attribute.Name switch
    {
        "value" => attribute.T,
        "value_float" => ((ReadOnlySpan<double>)[attribute.F]).ToTensor(DataType.Float),
        "value_floats" => ((ReadOnlySpan<double>)[.. attribute.Floats]).ToTensor(DataType.Float, attribute.Floats.Count),
        "value_int" => ((ReadOnlySpan<long>)[attribute.I]).ToTensor(),
        "value_ints" => ((ReadOnlySpan<long>)[.. attribute.Ints]).ToTensor(attribute.Ints.Count),
        _ => null,
    };
}
