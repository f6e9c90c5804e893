namespace Cfgen.OnnxFormat;

/// <summary>
/// Puts several models into one graph: the outputs of one become the inputs of the next. Names get a prefix for each part, so that none
/// collide.
/// </summary>
public sealed class ModelComposer
{
    /// <summary>An empty model that uses the standard operators of <paramref name="opset"/>.</summary>
    public ModelComposer(string name, int opset)
    {
        Model = new() { IrVersion = 10, ProducerName = "cfgen", Graph = new() { Name = name } };
        Model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = opset });
        Opset = opset;
    }

    /// <summary>What has been put together so far.</summary>
    public ModelProto Model { get; }

    /// <summary>Version of the standard operators; parts of older versions are raised to it.</summary>
    public int Opset { get; }

    /// <summary>Appends a part.</summary>
    /// <param name="part">Not changed.</param>
    /// <param name="prefix">Begins the part's names, such as <c>classifier/</c>.</param>
    /// <param name="inputs">For each input of the part, the value of this model that feeds it.</param>
    /// <param name="weights">Prefix of the same part, appended before, whose constants serve this copy too; null for constants of its
    /// own.</param>
    /// <returns>For each output of the part, its name in this model.</returns>
    /// <exception cref="ModelFormatException">The part uses operators that cannot be raised to this opset, a function of the same name with
    /// another body, or has an output that no node makes.</exception>
    public IReadOnlyDictionary<string,
        string> Append(ModelProto part, string prefix, IReadOnlyDictionary<string, string> inputs, string? weights = null)
    {
        part = OpsetRaiser.Raise(part, Opset);
        ImportDomains(part);
        Dictionary<string, string> names = new(inputs, StringComparer.Ordinal) { [""] = "" };
        foreach (TensorProto tensor in part.Graph.Initializer) names.TryAdd(tensor.Name, (weights ?? prefix) + tensor.Name);
        foreach (string output in part.Graph.Node.SelectMany(n => n.Output)) names.TryAdd(output, prefix + output);

        foreach (TensorProto tensor in part.Graph.Initializer)
        {
            // A default that the caller overrides, or what the first copy has brought.
            if (weights is not null || inputs.ContainsKey(tensor.Name)) continue;
            TensorProto copy = tensor.Clone();
            copy.Name = names[tensor.Name];
            Model.Graph.Initializer.Add(copy);
        }
        foreach (NodeProto node in part.Graph.Node) Model.Graph.Node.Add(Renamed(node, prefix, names));
        return part.Graph.Output.ToDictionary(
            o => o.Name, o => names.GetValueOrDefault(o.Name) ?? throw NotMade(o.Name), StringComparer.Ordinal);
    }

    static ModelFormatException NotMade(string output) =>
        new(new("output-not-made", "the model names an output that none of its nodes makes")
        {
            Where = $"output '{output}'",
            Fix = "export the model again",
        });

    static ModelFormatException Different(FunctionProto function) =>
        new(new("function-twice", $"two models define the function '{function.Domain}.{function.Name}' differently")
        {
            Fix = "export one of them without functions (inlined)",
        });

    static NodeProto Renamed(NodeProto node, string prefix, IReadOnlyDictionary<string, string> names)
    {
        NodeProto copy = node.Clone();
        copy.Name = prefix + node.Name;
        for (int i = 0; i < copy.Input.Count; i++) copy.Input[i] = names.GetValueOrDefault(copy.Input[i], copy.Input[i]);
        for (int i = 0; i < copy.Output.Count; i++) copy.Output[i] = names.GetValueOrDefault(copy.Output[i], copy.Output[i]);
        foreach (GraphProto body in copy.Bodies()) RenameCaptured(body, names);
        return copy;
    }

    /// <summary>Bodies of If, Loop and Scan take values from around them by name; their own names stay, and hide outer ones.</summary>
    static void RenameCaptured(GraphProto body, IReadOnlyDictionary<string, string> outer)
    {
        HashSet<string> own = [
            .. body.Input.Select(i => i.Name), .. body.Initializer.Select(t => t.Name), .. body.Node.SelectMany(n => n.Output)
        ];
        Dictionary<string, string> names = outer.Where(p => !own.Contains(p.Key)).ToDictionary(StringComparer.Ordinal);
        NodeProto[] nodes = [.. body.Node.Select(n => Renamed(n, "", names))];
        body.Node.Clear();
        body.Node.AddRange(nodes);
        foreach (ValueInfoProto output in body.Output) output.Name = names.GetValueOrDefault(output.Name, output.Name);
    }

    void ImportDomains(ModelProto part)
    {
        foreach (OperatorSetIdProto import in part.OpsetImport.Where(o => !ModelExtensions.IsStandardDomain(o.Domain)))
        {
            if (Model.OpsetImport.All(o => o.Domain != import.Domain)) Model.OpsetImport.Add(import.Clone());
        }
        foreach (FunctionProto function in part.Functions)
        {
            FunctionProto? same =
                Model.Functions.FirstOrDefault(f => (f.Domain, f.Name, f.Overload) == (function.Domain, function.Name, function.Overload));
            if (same is null) Model.Functions.Add(function.Clone());
            else if (!same.Equals(function))
                throw Different(function);
        }
    }
}
