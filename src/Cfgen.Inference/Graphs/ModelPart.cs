using Cfgen.Inference.Bundles;
using Cfgen.OnnxFormat;
using Cfgen.OnnxFormat.Normalisation;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Graphs;

/// <summary>A model in one of the three places - generator, encoder, classifier - with the one input and the one output that are used.</summary>
public sealed record ModelPart(string Role, string Path, ModelProto Model, ModelPort Input, ModelPort Output)
{
    /// <summary>Loads a model and finds its input and output, by name where the bundle gives one.</summary>
    /// <param name="file">The model file.</param>
    /// <param name="spec">Names from <c>model.json</c>; null for a model given by path.</param>
    /// <exception cref="ModelFormatException">Not ONNX.</exception>
    /// <exception cref="ModelContractException">No input or output of that name, several where one is needed, or not real numbers.</exception>
    public static ModelPart Load(BundleFile file, ModelFileSpec? spec)
    {
        ArgumentNullException.ThrowIfNull(file);
        ModelProto model = file.LoadModel();
        return new(file.Role, file.Path, model, Choose(file, "input", ModelPort.Inputs(model), spec?.Input), Choose(file, "output", ModelPort.Outputs(model), spec?.Output));
    }

    /// <summary>The error for a port that is not what its place asks for.</summary>
    public ModelContractException Mismatch(ModelPort port, string expected, string fix) => new(new("model-contract", $"the {Role} does not fit the bundle") { Where = Path, Found = port.ToString(), Expected = expected, Fix = fix });

    static ModelPort Choose(BundleFile file, string kind, IReadOnlyList<ModelPort> ports, string? name)
    {
        // A second input would have nothing to feed it, whichever is chosen; outputs that are not chosen do no harm.
        ModelPort[] candidates = name is not null && (kind == "output" || ports.Count == 1) ? [.. ports.Where(p => p.Name == name)] : kind == "output" ? [.. ports.Take(1)] : [.. ports];
        if (candidates is not [ModelPort port])
        {
            string all = ports.Count == 0 ? "none" : string.Join("; ", ports);
            bool several = kind == "input" && ports.Count > 1;
            string expected = name is null || several ? "exactly one" : $"one named '{name}'";
            string fix = several ? "export the model with one input, with the others as constants" : $"correct the name of the {kind} in model.json, or export the model with one {kind}";
            throw new ModelContractException(new("model-contract", $"the {file.Role} has no such {kind}") { Where = file.Path, Found = all, Expected = expected, Fix = fix });
        }
        return port.Type == DataType.Float ? port : throw new ModelContractException(new("model-contract", $"the {file.Role}'s {kind} is not float32")
        {
            Where = file.Path,
            Found = port.ToString(),
            Expected = kind == "output" ? "float32, as scores before any argmax" : "float32",
            Fix = WidenToFloat32.IsHalf(port.Type) ? WidenToFloat32.Advice : kind == "output" ? "export the model up to its logits or probabilities" : "export the model in float32",
        });
    }
}
