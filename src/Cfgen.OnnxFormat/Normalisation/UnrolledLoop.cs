using System.Globalization;
using static Cfgen.OnnxFormat.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat.Normalisation;

/// <summary>Writes the iterations of one Loop or Scan one after another.</summary>
/// <param name="node">The Loop or Scan. Not changed.</param>
/// <param name="graph">Gets the constants.</param>
/// <param name="target">Gets the nodes.</param>
/// <param name="names">Names taken in the graph and its bodies.</param>
sealed class UnrolledLoop(NodeProto node, GraphProto graph, List<NodeProto> target, UniqueNames names)
{
    readonly LoopPorts _ports = new(node);
    readonly string _prefix = node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault(o => o.Length > 0) ?? node.OpType;

    /// <summary>Writes so many iterations, and then the outputs under their own names.</summary>
    public void Write(long iterations)
    {
        Dictionary<string, string> shared = Share();
        string[] carried = [.. Enumerable.Range(0, _ports.Carried).Select(_ports.Initial)];
        string[][] slices = [.. Enumerable.Range(0, _ports.Scanned).Select(j => Slice(j, iterations))];
        List<string>[] added = [.. Enumerable.Range(0, _ports.Stacked).Select(_ => new List<string>())];
        for (long i = 0; i < iterations; i++)
        {
            string[] inputs = _ports.IsLoop ? [Number(i), Condition(), .. carried] : [.. carried, .. slices.Select(s => s[i])];
            Dictionary<string, string> values = Iterate(i, inputs, shared);
            for (int k = 0; k < carried.Length; k++) carried[k] = Of(_ports.CarriedOn(k));
            for (int k = 0; k < added.Length; k++) added[k].Add(Of(_ports.Added(k)));

            string Of(string value) => values.GetValueOrDefault(value, value); // one that the body does not make comes from around it
        }
        for (int k = 0; k < carried.Length && k < node.Output.Count; k++)
        {
            if (node.Output[k].Length > 0) Add("Identity", node.Output[k], [carried[k]]);
        }
        for (int k = 0; k < added.Length; k++) if (_ports.StackedOutput(k).Length > 0) Stack(k, added[k]);
    }

    /// <summary>Names in the graph of the body's constants, which all iterations share.</summary>
    Dictionary<string, string> Share()
    {
        Dictionary<string, string> shared = new(StringComparer.Ordinal);
        foreach (TensorProto tensor in _ports.Body.Initializer) shared[tensor.Name] = Constant(tensor.Name, tensor.Clone());
        foreach (NodeProto constant in _ports.Body.Node.Where(IsConstant))
        {
            NodeProto copy = constant.Clone();
            copy.Name = copy.Output[0] = shared[constant.Output[0]] = Fresh(constant.Output[0]);
            target.Add(copy);
        }
        return shared;
    }

    /// <summary>Copies the body.</summary>
    /// <returns>What its names mean in the graph.</returns>
    Dictionary<string, string> Iterate(long i, string[] inputs, Dictionary<string, string> shared)
    {
        string iteration = string.Create(CultureInfo.InvariantCulture, $"{i}/");
        Dictionary<string, string> values = new(shared, StringComparer.Ordinal);
        foreach ((ValueInfoProto port, string value) in _ports.Body.Input.Zip(inputs)) values[port.Name] = value;
        foreach (NodeProto inner in _ports.Body.Node.Where(n => !IsConstant(n)))
        {
            NodeProto copy = inner.Clone();
            if (inner.Name.Length > 0) copy.Name = $"{_prefix}/{iteration}{inner.Name}"; // unique in the body alone
            foreach (string output in inner.Output.Where(o => o.Length > 0)) values[output] = Fresh(iteration + output);
            NodeRenaming.Apply(copy, value => values.GetValueOrDefault(value, value));
            target.Add(copy);
        }
        return values;
    }

    /// <summary>
    /// The slices of scan input j in the order of the iterations. One Split makes them all, so that its gradient is one Concat.
    /// </summary>
    string[] Slice(int j, long iterations)
    {
        string input = node.Input[_ports.Carried + j];
        string[] slices = [.. Enumerable.Range(0, (int)iterations)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"slice_{j}_{i}")).Select(Fresh)];
        if (iterations == 0) return slices;
        long axis = _ports.InputAxis(j);
        string ones = Constant("ones", ((ReadOnlySpan<long>)[.. Enumerable.Repeat(1L, slices.Length)]).ToTensor(iterations)),
            axes = Axes(axis);
        string[] parts = [.. slices.Select(s => names.Fresh($"{s}/kept"))];
        NodeProto split =
            new()
            {
                OpType = "Split",
                Name = parts[0],
                Input = { input, ones },
                Output = { parts },
                Attribute = { Attribute("axis", axis) },
            };
        target.Add(split);
        foreach ((string part, string slice) in parts.Zip(slices)) Add("Squeeze", slice, [part, axes]);
        if (_ports.InputIsReversed(j)) Array.Reverse(slices);
        return slices;
    }

    /// <summary>Writes stacked output k.</summary>
    void Stack(int k, List<string> added)
    {
        string output = _ports.StackedOutput(k);
        if (added.Count == 0)
        {
            Add("Identity", output, [Constant("empty", _ports.EmptyStack(k)!)]);
            return;
        }
        if (_ports.OutputIsReversed(k)) added.Reverse();
        string axes = Axes(_ports.OutputAxis(k));
        string[] layers = [.. added.Select(a => Add("Unsqueeze", Fresh("layer"), [a, axes]))];
        Add("Concat", output, layers, Attribute("axis", _ports.OutputAxis(k)));
    }

    /// <summary>The iteration's number in the shape that the body declares, a scalar or one element.</summary>
    string Number(long i) => Constant("iteration", ((ReadOnlySpan<long>)[i]).ToTensor(Ones(_ports.Body.Input[0])));

    string Condition() =>
        Constant("condition", new() { DataType = (int)DataType.Bool, Int32Data = { 1 }, Dims = { Ones(_ports.Body.Input[1]) } });

    static long[] Ones(ValueInfoProto port) => [.. Enumerable.Repeat(1L, port.Type?.TensorType?.Shape?.Dim.Count ?? 0)];

    string Axes(long axis) => Constant("axes", ((ReadOnlySpan<long>)[axis]).ToTensor(1));


    string Constant(string hint, TensorProto tensor)
    {
        tensor.Name = Fresh(hint);
        graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    string Add(string opType, string output, string[] inputs, params AttributeProto[] attributes)
    {
        target.Add(new NodeProto { OpType = opType, Name = output, Input = { inputs }, Output = { output }, Attribute = { attributes } });
        return output;
    }

    string Fresh(string hint) => names.Fresh($"{_prefix}/{hint}");

    static bool IsConstant(NodeProto node) => node.OpType == "Constant" && ModelExtensions.IsStandardDomain(node.Domain);
}
