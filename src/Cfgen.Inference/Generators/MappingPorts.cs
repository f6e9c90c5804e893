using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Generators;

/// <summary>The inputs and the output of a mapping network. Optional inputs are null where it has none.</summary>
/// <param name="Z">[N, z_dim]; null where images depend on the class alone.</param>
/// <param name="C">[N, c_dim]; null where the generator is not conditional.</param>
/// <param name="Psi">Truncation, a number.</param>
/// <param name="Cutoff">Layers that are truncated, a whole number.</param>
/// <param name="Ws">[N, num_ws, w_dim] or [N, w_dim].</param>
/// <param name="CutoffIsRequired">Whether the cutoff has no value of its own where nothing is fed.</param>
sealed record MappingPorts(ModelPort? Z, ModelPort? C, ModelPort? Psi, ModelPort? Cutoff, ModelPort Ws, bool CutoffIsRequired)
{
    /// <summary>z_dim; 0 without z.</summary>
    public int ZDim => Length(Z);

    /// <summary>c_dim; 0 without c.</summary>
    public int CDim => Length(C);

    /// <summary>Whether any number of rows can be mapped at once.</summary>
    public bool BatchIsFree => (Z ?? C)!.Shape![0] is null;

    /// <summary>Finds them by name: <c>z</c>, <c>c</c>, <c>truncation_psi</c> or <c>psi</c>, <c>truncation_cutoff</c> or <c>cutoff</c>. One
    /// single input is z, whatever its name.</summary>
    /// <param name="model">The mapping.</param>
    /// <param name="file">Where it comes from.</param>
    /// <param name="spec">The names of z and of the output where the bundle tells them, else null.</param>
    /// <exception cref="ModelContractException">There is another input that has to be fed, or one of another type or shape.</exception>
    public static MappingPorts Of(ModelProto model, BundleFile file, ModelFileSpec? spec)
    {
        HashSet<string> fed = [.. model.Graph.FedInputs().Select(i => i.Name)];
        ModelPort[] inputs = [.. model.Graph.Input.Select(ModelPort.Of)];
        ModelPort? Find(params string[] names) => inputs.FirstOrDefault(p => names.Contains(p.Name, StringComparer.OrdinalIgnoreCase));

        (ModelPort? z, ModelPort? c) = (Find(spec?.Input ?? "z"), Find("c"));
        (ModelPort? psi, ModelPort? cutoff) = (Find("truncation_psi", "psi"), Find("truncation_cutoff", "cutoff"));
        ModelPort[] others = [.. inputs.Where(p => fed.Contains(p.Name) && p != z && p != c && p != psi && p != cutoff)];
        if (z is null && c is null && others is [ModelPort only]) (z, others) = (only, []);
        bool fits = others.Length == 0 && (z ?? c) is not null && IsRows(z) && IsRows(c)
            && psi is null or { Type: DataType.Float, Shape.Count: <= 2 } && cutoff is null or { Type: DataType.Int64, Shape.Count: 0 };
        if (!fits) throw Wrong(file, "input", inputs,
            "z [N, z_dim] and, where there are any, c [N, c_dim], truncation_psi and truncation_cutoff");
        ModelPort[] outputs = [.. ModelPort.Outputs(model)];
        ModelPort? ws = spec?.Output is { } named ? outputs.FirstOrDefault(p => p.Name == named)
            : outputs.FirstOrDefault(p => p.Name == "ws") ?? outputs.FirstOrDefault();
        if (ws is not { Type: DataType.Float, Shape: [_, > 0] or [_, > 0, > 0] }) throw Wrong(file, "output", outputs,
            "ws [N, num_ws, w_dim] or [N, w_dim], float32");
        return new(z, c, psi, cutoff, ws, cutoff is not null && fed.Contains(cutoff.Name));
    }

    static int Length(ModelPort? port) => (int)(port?.Shape?[1] ?? 0);

    static bool IsRows(ModelPort? port) => port is null or { Type: DataType.Float, Shape: [null or 1, > 0] };

    static ModelContractException Wrong(BundleFile file, string kind, ModelPort[] found, string expected) =>
        new(new("model-contract", $"the mapping has an {kind} that does not fit its place")
        {
            Where = file.Path,
            Found = found.Length == 0 ? "none" : string.Join("; ", found),
            Expected = expected,
            Fix = "export the mapping with these names, only the batch free",
        });
}
