using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Runtime;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Generators;

/// <summary>The mapping network of a generator, loaded: random vectors z, and classes where it is conditional, to latent codes.</summary>
public sealed class MappingNetwork : IDisposable
{
    readonly ModelSession _session;
    readonly MappingPorts _ports;

    MappingNetwork(ModelSession session, MappingPorts ports) => (_session, _ports) = (session, ports);

    /// <summary>Length of z; 0 where images depend on the class alone.</summary>
    public int ZDim => _ports.ZDim;

    /// <summary>Number of classes; 0 where the generator is not conditional.</summary>
    public int CDim => _ports.CDim;

    /// <summary>Codes that it gives for one z: one for each layer, or 1.</summary>
    public int NumWs => _ports.Ws.Shape is [_, long numWs, _] ? (int)numWs : 1;

    /// <summary>Length of one code.</summary>
    public int WDim => (int)_ports.Ws.Shape![^1]!.Value;

    /// <summary>Whether codes can be truncated.</summary>
    public bool Truncates => _ports.Psi is not null;

    /// <summary>Whether truncation can be confined to the first layers.</summary>
    public bool TruncatesFirstLayers => Truncates && _ports.Cutoff is not null;

    /// <summary>Whether any number of rows can be mapped at once, or just one.</summary>
    public bool BatchIsFree => _ports.BatchIsFree;

    /// <summary>Loads it.</summary>
    /// <param name="bundle">With mapping.</param>
    /// <param name="settings">How ONNX Runtime runs it.</param>
    /// <exception cref="CfgenException">The bundle has none, or it is unreadable or has other inputs than a mapping.</exception>
    public static MappingNetwork Open(Bundle bundle, SessionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        BundleFile file = bundle.Mapping
            ?? throw new InputException(new("mapping-missing", "the bundle has no mapping, which turns random vectors into latent codes")
            {
                Where = bundle.Where,
                Found = "no 'generator.mapping'",
                Expected = "a mapping's file",
                Fix = "add it to model.json, or give a bundle that has one",
            });
        MappingPorts ports = MappingPorts.Of(file.LoadModel(), file, GraphBuilder.Spec(file, bundle, bundle.Manifest.Generator.Mapping));
        return new(ModelSession.FromBundle(file, settings), ports);
    }

    /// <summary>The codes of random vectors.</summary>
    /// <param name="z">[N, z_dim]; empty where there is no z.</param>
    /// <param name="classes">[N], each below c_dim; empty where the generator is not conditional.</param>
    /// <param name="truncation">Psi has to be 1 where codes cannot be truncated, the cutoff null where they cannot in part.</param>
    /// <param name="cancellationToken">Stops between two operators.</param>
    /// <returns>[N, num_ws, w_dim].</returns>
    public float[] Map(float[] z, ReadOnlySpan<int> classes, Truncation truncation, CancellationToken cancellationToken)
    {
        float[] ws = [];
        Map(z, classes, truncation, codes => ws = codes.ToArray(), cancellationToken);
        return ws;
    }

    /// <summary>The codes of random vectors where they lie: nothing of many runs is left to collect.</summary>
    /// <param name="z">[N, z_dim]; empty where there is no z.</param>
    /// <param name="classes">[N], each below c_dim; empty where the generator is not conditional.</param>
    /// <param name="truncation">Psi has to be 1 where codes cannot be truncated, the cutoff null where they cannot in part.</param>
    /// <param name="use">Given the codes [N, num_ws, w_dim], which are gone afterwards.</param>
    /// <param name="cancellationToken">Stops between two operators.</param>
    public void Map(float[] z, ReadOnlySpan<int> classes, Truncation truncation, Action<ReadOnlySpan<float>> use,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(use);
        ArgumentNullException.ThrowIfNull(z);
        int rows = ZDim > 0 ? z.Length / ZDim : classes.Length;
        if (z.Length != (long)rows * ZDim || classes.Length != (CDim > 0 ? rows : 0))
        {
            throw new ArgumentException(
                $"{z.Length} numbers and {classes.Length} classes are not rows of {ZDim} "
                + $"numbers{(CDim > 0 ? " with a class each" : "")}.", nameof(z));
        }
        if (truncation.Psi != 1 && !Truncates || truncation.Cutoff is not null
            && !TruncatesFirstLayers) throw new ArgumentException("The mapping cannot truncate in this way.", nameof(truncation));

        using DisposableValues inputs = new();
        if (_ports.Z is { } zPort) inputs.Add(zPort.Name, z, rows, ZDim);
        if (_ports.C is { } cPort) inputs.Add(cPort.Name, OneHot(classes), rows, CDim);
        if (_ports.Psi is { } psi)
        {
            long[] shape = [.. psi.Shape!.Select((d, axis) => d ?? (axis == 0 ? rows : 1))];
            float[] values = new float[shape.Aggregate(1L, (a, b) => a * b)];
            Array.Fill(values, (float)truncation.Psi);
            inputs.Add(psi.Name, values, shape);
        }
        if (_ports.Cutoff is { } cutoff
            && (truncation.Cutoff is not null || _ports.CutoffIsRequired)) inputs.Add(cutoff.Name,
            new long[] { truncation.Cutoff ?? NumWs });
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(inputs.ByName, [_ports.Ws.Name], cancellationToken);
        use(outputs[0].GetTensorDataAsSpan<float>());
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    float[] OneHot(ReadOnlySpan<int> classes)
    {
        float[] c = new float[classes.Length * CDim];
        for (int i = 0; i < classes.Length; i++) c.AsSpan(i * CDim, CDim)[classes[i]] = 1;
        return c;
    }
}
