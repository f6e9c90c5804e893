using Cfgen.Autodiff;
using Cfgen.Inference.Graphs;
using Cfgen.OnnxFormat;
using Cfgen.OnnxFormat.Normalisation;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Gradients;

/// <summary>
/// Makes a gradient file of any model: the model with a further input <c>OUTPUT_cotangent</c> and further outputs
/// <c>INPUT_gradient</c>, each the vector-Jacobian product of the cotangent. What the model gave before it still gives.
/// </summary>
public static class GradientFile
{
    /// <summary>Builds the gradient model.</summary>
    /// <param name="model">Not changed.</param>
    /// <param name="name">What to call it in errors, usually its path.</param>
    /// <param name="settings">What to differentiate with respect to what.</param>
    /// <exception cref="CfgenException">
    /// No such input or output, an operator without a rule, or a model that the runtime refuses.
    /// </exception>
    public static ModelProto Build(ModelProto model, string name, GradientSettings settings)
    {
        settings = Resolve(model, name, settings);
        (string output, IReadOnlyList<string> inputs) = (settings.Output!, settings.WithRespectTo);
        string[] starts = settings.Seed switch
        {
            GradientSeed.Cotangent => [CotangentOf(output)],
            GradientSeed.Index => [IndexOf(output), SelectedOf(output)],
            _ => []
        };
        RequireFree(model, name, inputs.Select(GradientOf).Concat(starts));

        ModelProto gradient = GradientCompiler.Compile(model, name, (prepared, types) => new(
            settings.Seed is GradientSeed.Index ? SelectByIndex(prepared, output, types, name) : output)
        {
            Gradients = inputs.ToDictionary(i => i, GradientOf),
            Cotangent = settings.Seed is GradientSeed.Cotangent ? CotangentOf(output) : null,
            Target = settings.Target,
            WithoutForms = settings.WithoutForms,
        });
        gradient.ProducerName = "cfgen";
        return gradient;
    }

    /// <summary>The settings with every name filled in: the output, and the inputs, each once.</summary>
    /// <param name="model">Not changed.</param>
    /// <param name="name">What to call it in errors, usually its path.</param>
    /// <param name="settings">What was asked for.</param>
    /// <exception cref="CfgenException">No such input or output, or none of real numbers.</exception>
    public static GradientSettings Resolve(ModelProto model, string name, GradientSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        string output = settings.Output ?? OnlyReal(ModelPort.Outputs(model), "output", name)[0];
        string[] inputs =
            settings.WithRespectTo.Count > 0 ? [.. settings.WithRespectTo.Distinct()] : OnlyReal(ModelPort.Inputs(model), "input", name);
        RequirePort(ModelPort.Outputs(model), output, "output", name);
        foreach (string input in inputs) RequirePort(ModelPort.Inputs(model), input, "input", name);
        return settings with { Output = output, WithRespectTo = inputs };
    }

    /// <summary>Name of the further input that the gradient of an output starts from.</summary>
    public static string CotangentOf(string output) => output + "_cotangent";

    /// <summary>Name of the further output that holds the gradient with respect to an input.</summary>
    public static string GradientOf(string input) => input + "_gradient";

    static string IndexOf(string output) => output + "_index";

    static string SelectedOf(string output) => output + "_selected";

    /// <summary>Appends what takes one column of an output [N, K] in each row, by a further input <c>OUTPUT_index</c>, int64 [N].</summary>
    static string SelectByIndex(ModelProto model, string output, IReadOnlyDictionary<string, TensorType> types, string name)
    {
        if (types.GetValueOrDefault(output) is not { Shape.Count: 2 } type)
        {
            throw new InputException(new("scalar-not-possible", "an index chooses among the columns of an output [N, K]")
            {
                Where = $"{name}, output '{output}'",
                Found = types.GetValueOrDefault(output)?.ToString() ?? "an output of unknown shape",
                Expected = "an output of rank 2",
                Fix = "leave out --scalar, and feed the cotangent",
            });
        }
        string index = IndexOf(output), chosen = SelectedOf(output);
        model.Graph.Input.Add(GradientGraph.Describe(index, new(DataType.Int64, [type.Shape[0]])));
        GraphWriter ops = new(model, "selected/");
        ops.Rename(ops.GatherElements(output, ops.Unsqueeze(index, 1), 1), chosen);
        model.Graph.Output.Add(GradientGraph.Describe(chosen, new(type.ElementType, [type.Shape[0], 1])));
        return chosen;
    }

    /// <summary>A gradient file is a model as well: differentiated once more, its new names would be those it has.</summary>
    static void RequireFree(ModelProto model, string name, IEnumerable<string> added)
    {
        HashSet<string> taken = [
            .. model.Graph.Input.Select(i => i.Name), .. model.Graph.Initializer.Select(t => t.Name),
            .. model.Graph.Node.SelectMany(n => n.Output)
        ];
        if (added.FirstOrDefault(taken.Contains) is not { } both) return;
        throw new ModelContractException(new("name-taken", "the model has a value of the name that the gradient file adds")
        {
            Where = name,
            Found = $"'{both}'",
            Fix = "rename it, or give the model that this gradient file was made of",
        });
    }

    static string[] OnlyReal(IReadOnlyList<ModelPort> ports, string kind, string name)
    {
        string[] real = [.. ports.Where(p => p.Type is DataType.Float or DataType.Double).Select(p => p.Name)];
        if (real.Length > 0) return real;
        if (ports.FirstOrDefault(p => WidenToFloat32.IsHalf(p.Type)) is { } half) throw Half(half, kind, name);
        throw new ModelContractException(new("nothing-real", $"the model has no {kind} of real numbers")
        {
            Where = name,
            Found = string.Join("; ", ports),
            Expected = "float or double",
            Fix = "export the model with scores rather than decisions",
        });
    }

    static void RequirePort(IReadOnlyList<ModelPort> ports, string port, string kind, string name)
    {
        if (ports.FirstOrDefault(p => p.Name == port) is { } found)
        {
            if (WidenToFloat32.IsHalf(found.Type)) throw Half(found, kind, name);
            return;
        }
        string? nearest = Nearest.Of(port, ports.Select(p => p.Name));
        throw new InputException(new("port-unknown", $"the model has no such {kind}")
        {
            Where = name,
            Found = $"'{port}'",
            Expected = string.Join("; ", ports),
            Fix = nearest is null ? $"name one of its {kind}s" : $"did you mean '{nearest}'?",
        });
    }

    static ModelContractException Half(ModelPort port, string kind, string name) =>
        new(new("precision-unsupported", "gradients are computed in single or double precision alone")
        {
            Where = $"{name}, {kind} '{port.Name}'",
            Found = port.ToString(),
            Expected = "float or double",
            Fix = WidenToFloat32.Advice,
        });
}
