using Cfgen.Autodiff.Cpu;
using Cfgen.OnnxFormat;
using Cfgen.OnnxFormat.Normalisation;

namespace Cfgen.Autodiff;

/// <summary>
/// Reverse-mode differentiation of an ONNX graph into an ONNX graph. <see cref="DifferentiablePath"/> finds which nodes matter, <see
/// cref="BackwardPass"/> walks them, adds up the gradients of several uses of one value and undoes broadcasting. The rules do the rest.
/// </summary>
public static class GradientGraph
{
    /// <summary>What the batch is called in declarations, unless the model has a name for it.</summary>
    internal const string FreeBatch = "N";

    /// <summary>The newest opset whose operators the rules were checked against.</summary>
    public static int NewestOpset => GradientRules.Newest;

    /// <summary>What the forms are called that gradients take for <see cref="GradientTarget.Cpu"/>.</summary>
    public static IEnumerable<string> CpuFormNames => CpuForms.Names;

    /// <summary>A copy of the model with the gradients as further outputs, behind those it has. The model itself is not changed.</summary>
    /// <param name="model">A graph in topological order, of opset 13 to 25; <see cref="OpsetRaiser"/> brings older ones there.</param>
    /// <param name="request">What to differentiate.</param>
    /// <param name="types">Type and shape of every value on the way; see <see cref="Dimension"/> for the batch.</param>
    /// <exception cref="NotDifferentiableException">Operators without a rule (all are named), an output that does not depend on an
    /// input, or an input that is not real.</exception>
    public static ModelProto Differentiate(ModelProto model, GradientRequest request, IReadOnlyDictionary<string, TensorType> types)
    {
        ArgumentNullException.ThrowIfNull(request);
        ModelProto result = model.Clone();
        NodeProto[] forward = [.. result.Graph.Node];
        int opset = result.StandardOpset();
        CheckReal(request, types, model.Graph);

        DifferentiablePath path = DifferentiablePath.Find(
            forward, opset, request.Gradients.Keys, request.Output,
            node => LoopUnroller.Obstacle(node, model.Graph.Constants(), value => types.GetValueOrDefault(value)?.ToKnownValue()));
        CheckPrecision(path, types);
        GraphWriter ops = new(result, "gradient/", types[request.Output].ElementType);
        DifferentiatedGraph graph = new(
            result.Graph, types, path, new(result.Graph, request.Gradients.Keys.Append(request.Output)), ops, request);
        CpuForms? forms = request.Target is GradientTarget.Cpu ? new(graph) : null;
        forms?.Prepare();
        BackwardPass pass = new(graph, forms);
        pass.Add(request.Output, Seed(result, request, types[request.Output], ops));
        pass.Run();
        foreach ((string input, string name) in request.Gradients)
        {
            ops.Rename(pass.GradientOf(input) ?? throw DifferentiablePath.NoDependence(request.Output, input), name);
            result.Graph.Output.Add(Describe(name, types[input]));
        }
        GraphPruning.Prune(result.Graph);
        forms?.Finish();
        return result;
    }

    static string Seed(ModelProto model, GradientRequest request, TensorType output, GraphWriter ops)
    {
        if (request.Cotangent is not { } cotangent)
        {
            return output.Shape.All(d => d.IsFixed)
                ? ops.Expand(ops.Scalar(1), ops.Longs([.. output.Shape.Select(d => d.Fixed)]))
                : ops.Expand(ops.Scalar(1), ops.Shape(request.Output));
        }
        model.Graph.Input.Add(Describe(cotangent, output));
        return cotangent;
    }

    static void CheckReal(GradientRequest request, IReadOnlyDictionary<string, TensorType> types, GraphProto graph)
    {
        string[] known = [.. graph.Input.Select(i => i.Name), .. graph.Node.SelectMany(n => n.Output)];
        foreach (string name in request.Gradients.Keys.Append(request.Output))
        {
            if (!types.TryGetValue(name, out TensorType? type))
            {
                if (known.Contains(name)) throw ShapeUnknown(name);
                throw Unknown(name, Nearest.Of(name, known));
            }
            if (!type.IsReal) throw NotReal(name, type);
            if (WidenToFloat32.IsHalf(type.ElementType)) throw Half($"value '{name}'", type);
        }
    }

    /// <summary>A model that takes and gives single precision may compute in half precision between.</summary>
    static void CheckPrecision(DifferentiablePath path, IReadOnlyDictionary<string, TensorType> types)
    {
        foreach (NodeProto node in path.Nodes)
        {
            if (node.Output.Select(types.GetValueOrDefault).FirstOrDefault(t => t is not null && WidenToFloat32.IsHalf(t.ElementType))
                is { } type)
                throw Half($"{node.OpType} '{node.Name}'", type);
        }
    }

    static NotDifferentiableException Unknown(string name, string? nearest) =>
        new(new("value-unknown", "the model has no value of this name")
        {
            Where = $"value '{name}'",
            Fix = nearest is null ? "look up the names of inputs and outputs" : $"did you mean '{nearest}'?",
        });

    static NotDifferentiableException NotReal(string name, TensorType type) =>
        new(new("not-real", "only real numbers have gradients")
        {
            Where = $"value '{name}'",
            Found = type.ToString(),
            Expected = "float or double",
            Fix = "name another input or output",
        });

    static NotDifferentiableException Half(string where, TensorType type) =>
        new(new("precision-unsupported", "gradients are computed in single or double precision alone")
        {
            Where = where,
            Found = type.ToString(),
            Expected = "float or double",
            Fix = WidenToFloat32.Advice,
        });

    internal static NotDifferentiableException ShapeUnknown(string name) =>
        new(new("shape-unknown", "the shape of a value is not known before the model runs")
        {
            Where = $"value '{name}'",
            Expected = "a shape that depends on nothing but the batch",
            Fix = "export the model with fixed sizes",
        });

    /// <summary>Declares a value of a graph; axes that depend on the batch get a symbolic length.</summary>
    /// <param name="name">Of the value.</param>
    /// <param name="type">Its type.</param>
    /// <param name="batch">What to call the length of the batch.</param>
    public static ValueInfoProto Describe(string name, TensorType type, string batch = FreeBatch)
    {
        ArgumentNullException.ThrowIfNull(type);
        TensorShapeProto shape = new();
        foreach (Dimension d in type.Shape)
            shape.Dim.Add(d.IsFixed
                ? new TensorShapeProto.Types.Dimension { DimValue = d.Fixed }
                : new() { DimParam = d == new Dimension(PerRow: 1, Fixed: 0) ? batch : d.ToString() });
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)type.ElementType, Shape = shape } } };
    }
}
