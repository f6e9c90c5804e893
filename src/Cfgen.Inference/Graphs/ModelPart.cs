using Cfgen.Inference.Bundles;
using Cfgen.OnnxFormat;
using Cfgen.OnnxFormat.Normalisation;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Graphs;

/// <summary>A model in one of the three places - generator, encoder, classifier - with the one input and the one output that are
/// used.</summary>
public sealed record ModelPart(string Role, string Path, ModelProto Model, ModelPort Input, ModelPort Output)
{
    /// <summary>What was chosen where the model leaves a choice, for people.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>Loads a model and finds its input and output, by name where the bundle or an option gives one. Lengths of the output that
    /// the file does not declare are those that follow from its nodes.</summary>
    /// <param name="file">The model file.</param>
    /// <param name="spec">Names from <c>model.json</c>; null for a model given by path.</param>
    /// <exception cref="ModelFormatException">Not ONNX.</exception>
    /// <exception cref="ModelContractException">No input or output of that name, several where one is needed, or not real
    /// numbers.</exception>
    public static ModelPart Load(BundleFile file, ModelFileSpec? spec)
    {
        ArgumentNullException.ThrowIfNull(file);
        ModelProto model = file.LoadModel();
        ModelPort input = ChooseInput(file, ModelPort.Inputs(model), spec?.Input);
        IReadOnlyList<ModelPort> outputs = ModelPort.Outputs(model);
        string? name = file.Output ?? spec?.Output;
        ModelPort output = OutputShape.Complete(ChooseOutput(file, outputs, name), model, file.Path);
        bool tells = name is null && outputs.Count > 1;
        return new(file.Role, file.Path, model, input, output)
        {
            Notes = tells ? [Choice(file, output, outputs)] : [],
        };
    }

    static string Choice(BundleFile file, ModelPort output, IReadOnlyList<ModelPort> all) =>
        $"the {file.Role} has {all.Count} outputs: '{output.Name}' is used, of {string.Join("; ", all)}; {Naming(file)} names another";

    /// <summary>The error for a port that is not what its place asks for.</summary>
    public ModelContractException Mismatch(ModelPort port, string expected, string fix) =>
        new(new("model-contract", $"the {Role} does not fit the bundle")
        {
            Where = Path,
            Found = port.ToString(),
            Expected = expected,
            Fix = fix,
        });

    /// <summary>The only input: a second one would have nothing to feed it, whichever is chosen.</summary>
    static ModelPort ChooseInput(BundleFile file, IReadOnlyList<ModelPort> ports, string? name)
    {
        if (ports.Count > 1)
            throw NoPort(file, "input", ports, "exactly one", "export the model with one input, with the others as constants");
        const string fix = "correct the name of the input in model.json, or export the model with one input";
        ModelPort port = ports.FirstOrDefault(p => name is null || p.Name == name) ?? throw NoPort(file, "input", ports, Wanted(name), fix);
        bool isClassifier = file.Role == ClassifierPart.Role, takesBytes = isClassifier && port.Type == DataType.Uint8;
        if (port.Type == DataType.Float || takesBytes) return port;
        throw NotReal(file, "input", port, isClassifier ? "float32 or uint8" : "float32", "export the model in float32");
    }

    /// <summary>The output of that name; without one the first that can be what its place asks for. Others do no harm.</summary>
    static ModelPort ChooseOutput(BundleFile file, IReadOnlyList<ModelPort> ports, string? name)
    {
        ModelPort? found = name is not null ? ports.FirstOrDefault(p => p.Name == name)
            : ports.FirstOrDefault(p => Suits(file.Role, p)) ?? (ports.Count > 0 ? ports[0] : null);
        string fix = name is null ? "export the model with one output" : $"correct the name ({Naming(file)} names it)";
        ModelPort port = found ?? throw NoPort(file, "output", ports, Wanted(name), fix);
        if (port.Type == DataType.Float) return port;
        throw NotReal(file, "output", port, "float32, as scores before any argmax", "export the model up to its logits or probabilities");
    }

    static bool Suits(string role, ModelPort port)
    {
        int rank = port.WithoutOnes().Shape?.Count ?? 0;
        return port.Type == DataType.Float && role switch
        {
            ClassifierPart.Role => rank <= 2,
            "encoder" => rank <= 3,
            "generator" => port.Shape is null or { Count: 4 },
            _ => true,
        };
    }

    static string Wanted(string? name) => name is null ? "exactly one" : $"one named '{name}'";

    static string Naming(BundleFile file) =>
        file.Role == ClassifierPart.Role ? "--classifier-output, or 'classifier.output' in model.json," : "'output' in model.json";

    static ModelContractException NoPort(BundleFile file, string kind, IReadOnlyList<ModelPort> ports, string expected, string fix) =>
        new(new("model-contract", $"the {file.Role} has no such {kind}")
        {
            Where = file.Path,
            Found = ports.Count == 0 ? "none" : string.Join("; ", ports),
            Expected = expected,
            Fix = fix,
        });

    static ModelContractException NotReal(BundleFile file, string kind, ModelPort port, string expected, string fix) =>
        new(new("model-contract", $"the {file.Role}'s {kind} is not float32")
        {
            Where = file.Path,
            Found = port.ToString(),
            Expected = expected,
            Fix = WidenToFloat32.IsHalf(port.Type) ? WidenToFloat32.Advice : fix,
        });
}
