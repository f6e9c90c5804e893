using Cfgen.OnnxFormat;
using Google.Protobuf;
using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;

namespace Cfgen.Mutations;

/// <summary>Changes a model in one to three places, so that it is still well written but no longer what an exporter writes.</summary>
/// <param name="model">Changed in place.</param>
/// <param name="random">Draws what is changed.</param>
sealed class ModelMutation(ModelProto model, Random random)
{
    /// <summary>Names that a terminal would obey, that look like other lines, or that are hard to write anywhere.</summary>
    static readonly string[] s_names = [
        "\u001b[31mred", "\u001b]0;title\u0007", "a\nerror: forged", "\u202ereversed", "nul\0", "", " ", "a/b\\c", new('n', 3000),
        "\ud83d\ude00", "../../up", "%s%n", "logits", "ws"];

    static readonly long[] s_numbers = [
        -1, 0, 1, 2, 3, 7, 255, 1 << 16, 1 << 24, int.MaxValue, 1L << 40, long.MaxValue, long.MinValue, -2, -9];

    static readonly float[] s_reals = [
        0, -1, 1, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.Epsilon, 1e10f];

    /// <summary>Applies the changes.</summary>
    /// <returns>What was changed, in a word each.</returns>
    public string Apply()
    {
        List<string> done = [];
        for (int i = random.Next(1, 4); i > 0; i--) done.Add(Change());
        return string.Join(", ", done);
    }

    string Change()
    {
        if (model.Graph.Node.Count == 0) return "nothing";
        NodeProto node = Any(model.Graph.Node);
        return random.Next(16) switch
        {
            0 or 1 => ChangeAttribute(node),
            2 => AddAttribute(node),
            3 => DropAttribute(node),
            4 => ChangeInput(node),
            5 => ChangeOutput(node),
            6 => SwapOperator(node),
            7 => InsertNode(),
            8 => ChangeTensor(),
            9 => ChangeNumbers(),
            10 => ChangeDeclaration(),
            11 => ChangeGraphOutput(),
            12 => Rename(node),
            13 => ChangeOpset(),
            14 => WrapInBody(node),
            _ => Reorder(),
        };
    }

    string ChangeAttribute(NodeProto node)
    {
        if (node.Attribute.Count == 0) return ChangeInput(node);
        AttributeProto attribute = Any(node.Attribute);
        switch (random.Next(4))
        {
            case 0 when attribute.Ints.Count > 0: attribute.Ints[random.Next(attribute.Ints.Count)] = Any(s_numbers); break;
            case 1 when attribute.Ints.Count > 0: attribute.Ints.Add(Any(s_numbers)); break;
            case 2 when attribute.Ints.Count > 0: attribute.Ints.RemoveAt(0); break;
            case 3: attribute.Type = (AttributeType)random.Next(0, 15); break;
            default: (attribute.I, attribute.F, attribute.S) = (Any(s_numbers), Any(s_reals), ByteString.CopyFromUtf8(Any(s_names))); break;
        }
        return $"attribute {node.OpType}.{attribute.Name}";
    }

    string AddAttribute(NodeProto node)
    {
        string name = Any(MutationMaterial.Attributes);
        AttributeProto attribute = new()
        {
            Name = name,
            Type = random.Next(3) == 0 ? AttributeType.Ints : AttributeType.Int,
            I = Any(s_numbers),
        };
        for (int i = random.Next(5); i > 0 && attribute.Type == AttributeType.Ints; i--) attribute.Ints.Add(Any(s_numbers));
        node.Attribute.Add(attribute);
        return $"attribute {node.OpType}.{name} added";
    }

    string DropAttribute(NodeProto node)
    {
        if (node.Attribute.Count > 0) node.Attribute.RemoveAt(random.Next(node.Attribute.Count));
        return $"attribute of {node.OpType} dropped";
    }

    string ChangeInput(NodeProto node)
    {
        int i = node.Input.Count == 0 ? 0 : random.Next(node.Input.Count);
        switch (random.Next(4))
        {
            case 0 when node.Input.Count > 0: node.Input.RemoveAt(i); break;
            case 1 when node.Input.Count > 0: node.Input[i] = ""; break;
            case 2 when node.Input.Count > 0: node.Input[i] = AnyValue(); break;
            default: node.Input.Add(AnyValue()); break;
        }
        return $"input {i} of {node.OpType}";
    }

    string ChangeOutput(NodeProto node)
    {
        switch (random.Next(3))
        {
            case 0: node.Output.Add(random.Next(2) == 0 ? AnyValue() : "another"); break;
            case 1 when node.Output.Count > 0: node.Output[0] = AnyValue(); break;
            default: if (node.Output.Count > 0) node.Output.RemoveAt(0); break;
        }
        return $"output of {node.OpType}";
    }

    string SwapOperator(NodeProto node)
    {
        string before = node.OpType;
        (node.Domain, node.OpType) = random.Next(3) == 0 ? (Any(model.Graph.Node).Domain, Any(model.Graph.Node).OpType)
            : Any(MutationMaterial.Operators);
        return $"{before} to {node.OpType}";
    }

    string InsertNode()
    {
        (string domain, string opType) = Any(MutationMaterial.Operators);
        int at = random.Next(model.Graph.Node.Count + 1);
        NodeProto node = new() { OpType = opType, Domain = domain, Name = "inserted" };
        for (int i = random.Next(1, 4); i > 0; i--) node.Input.Add(AnyValue());
        node.Output.Add("inserted");
        model.Graph.Node.Insert(at, node);
        if (at + 1 < model.Graph.Node.Count && model.Graph.Node[at + 1].Input.Count > 0) model.Graph.Node[at + 1].Input[0] = "inserted";
        return $"{opType} inserted";
    }

    string ChangeTensor()
    {
        if (model.Graph.Initializer.Count == 0) return ChangeDeclaration();
        TensorProto tensor = Any(model.Graph.Initializer);
        switch (random.Next(4))
        {
            case 0 when tensor.Dims.Count > 0: tensor.Dims[random.Next(tensor.Dims.Count)] = Any(s_numbers); break;
            case 1: tensor.Dims.Add(1); break;
            case 2 when tensor.Dims.Count > 1: (tensor.Dims[0], tensor.Dims[^1]) = (tensor.Dims[^1], tensor.Dims[0]); break;
            default: tensor.DataType = random.Next(-1, 28); break;
        }
        return $"tensor {tensor.Dims.Count}";
    }

    /// <summary>Short lists are sizes, axes, pads, and so on.</summary>
    string ChangeNumbers()
    {
        TensorProto[] lists = [
            .. model.Graph.Initializer.Where(
                t => t.DataType == (int)TensorProto.Types.DataType.Int64 && t.ElementCount() is > 0 and < 20)];
        if (lists.Length == 0) return ChangeTensor();
        TensorProto list = Any(lists);
        long[] numbers = list.ToLongs();
        numbers[random.Next(numbers.Length)] = Any(s_numbers);
        list.Int64Data.Clear();
        list.RawData = ((ReadOnlySpan<long>)numbers).ToTensor(numbers.Length).RawData;
        return "numbers";
    }

    string ChangeDeclaration()
    {
        ValueInfoProto value = Any([.. model.Graph.Input, .. model.Graph.Output, .. model.Graph.ValueInfo]);
        TypeProto.Types.Tensor? type = value.Type?.TensorType;
        switch (random.Next(4))
        {
            case 0: if (type is not null) type.ElemType = random.Next(-1, 28); break;
            case 1 when type?.Shape?.Dim.Count > 0: type.Shape.Dim[random.Next(type.Shape.Dim.Count)].DimValue = Any(s_numbers); break;
            case 2 when type?.Shape?.Dim.Count > 0: type.Shape.Dim.RemoveAt(0); break;
            default: if (type is not null) type.Shape = null; else value.Type = null; break;
        }
        return "declaration";
    }

    string ChangeGraphOutput()
    {
        switch (random.Next(3))
        {
            case 0: model.Graph.Output.Add(new ValueInfoProto { Name = AnyValue() }); break;
            case 1: model.Graph.Output.Add(model.Graph.Output[0].Clone()); break;
            default: model.Graph.Output[0].Name = AnyValue(); break;
        }
        return "output";
    }

    string Rename(NodeProto node)
    {
        string name = Any(s_names), old = node.Output.FirstOrDefault() ?? "";
        switch (random.Next(4))
        {
            case 0: node.Name = name; break;
            case 1: node.OpType = name; break;
            case 2: node.Domain = name; break;
            default:
                foreach (NodeProto other in model.Graph.Node)
                {
                    for (int i = 0; i < other.Input.Count; i++) if (other.Input[i] == old) other.Input[i] = name;
                    for (int i = 0; i < other.Output.Count; i++) if (other.Output[i] == old) other.Output[i] = name;
                }
                foreach (ValueInfoProto output in model.Graph.Output) if (output.Name == old) output.Name = name;
                break;
        }
        return "name";
    }

    string ChangeOpset()
    {
        model.OpsetImport[0].Version = random.Next(4) == 0 ? Any(s_numbers) : random.Next(5, 28);
        return "opset";
    }

    /// <summary>The node becomes the body of an If, or of a loop.</summary>
    string WrapInBody(NodeProto node)
    {
        if (node.Output.Count == 0) return "nothing";
        GraphProto body = new()
        {
            Name = "body",
            Node = { node.Clone() },
            Output = { node.Output.Select(o => new ValueInfoProto { Name = o }) },
        };
        bool isIf = random.Next(2) == 0;
        node.OpType = isIf ? "If" : "Loop";
        node.Domain = "";
        node.Input.Clear();
        node.Attribute.Clear();
        if (isIf) node.Input.Add(AnyValue());
        else node.Input.AddRange([AnyValue(), ""]);
        foreach (string name in isIf ? new[] { "then_branch", "else_branch" } : ["body"]) node.Attribute.Add(new AttributeProto
        {
            Name = name,
            Type = AttributeType.Graph,
            G = body.Clone(),
        });
        return node.OpType + " around";
    }

    string Reorder()
    {
        int i = random.Next(model.Graph.Node.Count), j = random.Next(model.Graph.Node.Count);
        (model.Graph.Node[i], model.Graph.Node[j]) = (model.Graph.Node[j], model.Graph.Node[i]);
        return "order";
    }

    string AnyValue() => random.Next(4) switch
    {
        0 when model.Graph.Initializer.Count > 0 => Any(model.Graph.Initializer).Name,
        1 => Any(model.Graph.Input).Name,
        _ => Any(model.Graph.Node).Output.FirstOrDefault() ?? "",
    };

    T Any<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];
}
