using Cfgen.OnnxFormat;

namespace Cfgen.Benchmarks;

/// <summary>
/// One of the node tests of the ONNX project: a model of one operator, or of what its function stands for, and inputs for it.
/// </summary>
/// <param name="Name">Name of its folder.</param>
/// <param name="Operator">The operator under test.</param>
/// <param name="Model">As loaded.</param>
/// <param name="Inputs">The values of all inputs that have to be fed, in the model's order; null for one that is no tensor.</param>
sealed record NodeTest(string Name, string Operator, ModelProto Model, IReadOnlyList<TensorProto?> Inputs)
{
    const string Expanded = "_expanded";

    /// <summary>Whether its numbers are no longer those that the test came with.</summary>
    public bool IsScaled { get; private init; }

    /// <summary>The same test with all real numbers so many times as large.</summary>
    public NodeTest Scaled(double factor) => this with
    {
        IsScaled = true,
        Inputs = [.. Inputs.Select(t => t is null || !ConstantArithmetic.CanCompute(t) ? t : Scaled(t, factor))],
    };

    /// <summary>Reads <c>model.onnx</c> and <c>test_data_set_0/input_N.pb</c>, each a tensor.</summary>
    /// <exception cref="CfgenException">The model is not one that cfgen reads.</exception>
    public static NodeTest Load(string folder)
    {
        ModelProto model = OnnxFile.Load(Path.Combine(folder, "model.onnx"));
        string name = Path.GetFileName(folder);
        return new(name, OperatorOf(folder), model,
            [.. model.Graph.FedInputs().Select((input, i) => Value(input, Path.Combine(folder, "test_data_set_0", $"input_{i}.pb")))]);
    }

    /// <summary>The operator, with a mark where the test is of what it stands for: the whole one's test lies beside it.</summary>
    public static string OperatorOf(string folder)
    {
        int at = folder.LastIndexOf(Expanded, StringComparison.Ordinal);
        string whole = at < 0 ? folder : folder.Remove(at, Expanded.Length);
        string path = Path.Combine(whole, "model.onnx");
        if (!File.Exists(path)) return Path.GetFileName(folder);
        GraphProto graph = OnnxFile.Parse(File.ReadAllBytes(path), path).Graph;
        // Beside the operator under test there may be constants and the casts that a test of few types needs.
        string[] operators = [.. graph.Node.Select(n => n.OpType).Where(o => o is not "Constant").Distinct()];
        return string.Join(" + ", operators.Length > 0 ? operators : ["Constant"]) + (at < 0 ? "" : ", expanded");
    }

    static TensorProto Scaled(TensorProto tensor, double factor)
    {
        TensorProto scaled =
            ((ReadOnlySpan<double>)[.. tensor.ToDoubles().Select(x => factor * x)]).ToTensor(tensor.Type(), [.. tensor.Dims]);
        scaled.Name = tensor.Name;
        return scaled;
    }

    static TensorProto? Value(ValueInfoProto input, string path)
    {
        if (input.Type?.TensorType is null) return null;
        TensorProto tensor = TensorProto.Parser.ParseFrom(File.ReadAllBytes(path));
        tensor.Name = input.Name;
        return tensor;
    }
}
