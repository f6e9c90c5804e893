using Cfgen.Counterfactuals;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Gradients;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference;

/// <summary>The mapping of a bundle, loaded: codes as the generator was trained with, drawn at random.</summary>
public sealed class MappingSession : IDisposable
{
    /// <summary>Codes that mean and covariance are measured on where the bundle tells none.</summary>
    const int CodesMeasured = 10_000;

    /// <summary>Codes drawn in one run.</summary>
    const int RowsAtOnce = 250;

    readonly ModelSession _session;
    readonly string _z, _output, _where;
    readonly string[] _scalars;
    readonly int _zDim, _rowsAtOnce, _numWs, _wDim;
    readonly bool _givesEveryLayer;

    MappingSession(ModelSession session, BundleFile file, ModelFileSpec? spec, int numWs, int wDim)
    {
        (_session, _numWs, _wDim, _where) = (session, numWs, wDim, file.Path);
        (string Name, NodeMetadata Port)[] wide = [.. session.Inputs.Where(i => i.Value.Dimensions.Length == 2 && (spec?.Input is null || i.Key == spec.Input)).Select(i => (i.Key, i.Value))];
        _scalars = [.. session.Inputs.Where(i => i.Value.Dimensions.Length == 0 || i.Value.Dimensions is [1]).Select(i => i.Key)];
        string[] outputs = [.. session.Outputs.Where(o => spec?.Output is null || o.Key == spec.Output).Where(o => Fits(o.Value)).Select(o => o.Key)];
        if (wide is not [(string z, NodeMetadata { Dimensions: [int batch, int zDim and > 0] })] || session.Inputs.Count != 1 + _scalars.Length || session.Inputs.Any(i => i.Value.ElementType != typeof(float)) || outputs.Length == 0) throw Wrong();
        (_z, _zDim, _rowsAtOnce, _output) = (z, zDim, batch > 0 ? batch : RowsAtOnce, outputs[0]);
        _givesEveryLayer = session.Outputs[_output].Dimensions.Length == 3;
    }

    /// <summary>Loads it.</summary>
    /// <param name="bundle">With mapping.</param>
    /// <param name="numWs">Codes that the generator takes.</param>
    /// <param name="wDim">Length of one code.</param>
    /// <param name="settings">How ONNX Runtime runs it.</param>
    /// <exception cref="CfgenException">The mapping is unreadable, or gives codes that are not the generator's.</exception>
    public static MappingSession Open(Bundle bundle, int numWs, int wDim, SessionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ModelSession session = ModelSession.FromBundle(bundle.Mapping!, settings);
        try
        {
            return new(session, bundle.Mapping!, Graphs.GraphBuilder.Spec(bundle.Mapping!, bundle, bundle.Manifest.Generator.Mapping), numWs, wDim);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Draws codes ws [num_ws, w_dim]: z from the standard normal distribution, mapped without truncation. A single code is repeated for every layer.</summary>
    /// <exception cref="InputException">A code is not finite.</exception>
    public float[][] Draw(int count, Random random, CancellationToken cancellationToken)
    {
        List<float[]> codes = [];
        while (codes.Count < count)
        {
            float[] z = Array.ConvertAll(Gaussian.Vector(random, _rowsAtOnce * _zDim), x => (float)x);
            codes.AddRange(Map(z, cancellationToken));
        }
        return [.. codes.Take(count)];
    }

    /// <summary>Mean and covariance of many drawn codes. Where the mapping gives a code for each layer, the first one counts.</summary>
    public LatentDistribution Measure(Random random, CancellationToken cancellationToken)
    {
        CodeStatistics codes = new(_wDim);
        foreach (float[] ws in Draw(CodesMeasured, random, cancellationToken)) codes.Add(ws.AsSpan(0, _wDim));
        return LatentStatistics.Of(codes, _where);
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    IEnumerable<float[]> Map(float[] z, CancellationToken cancellationToken)
    {
        Dictionary<string, OrtValue> inputs = new() { [_z] = OrtValue.CreateTensorValueFromMemory(z, [_rowsAtOnce, _zDim]) };
        try
        {
            // Truncation psi, if the mapping takes it: at 1 a code stays what it is.
            foreach (string scalar in _scalars) inputs[scalar] = OrtValue.CreateTensorValueFromMemory([1f], _session.Inputs[scalar].Dimensions.Length == 0 ? [] : [1]);
            using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(inputs, [_output], cancellationToken);
            float[] all = outputs[0].GetTensorDataAsSpan<float>().ToArray();
            int length = _givesEveryLayer ? _numWs * _wDim : _wDim;
            if (all.Length != _rowsAtOnce * length) throw Wrong();
            if (!Array.TrueForAll(all, float.IsFinite)) throw new InputException(new("code-not-finite", "the mapping gives codes that are not numbers") { Where = _where, Fix = "check the mapping" });
            return [.. all.Chunk(length).Select(code => _givesEveryLayer ? code : [.. Enumerable.Repeat(code, _numWs).SelectMany(c => c)])];
        }
        finally
        {
            foreach (OrtValue value in inputs.Values) value.Dispose();
        }
    }

    bool Fits(NodeMetadata output) => output.ElementType == typeof(float) && output.Dimensions switch
    {
        [_, int layers, int length] => (layers < 0 || layers == _numWs) && (length < 0 || length == _wDim),
        [_, int length] => length < 0 || length == _wDim,
        _ => false,
    };

    ModelContractException Wrong() => new(new("model-contract", "the mapping does not fit the generator")
    {
        Where = _where,
        Found = $"inputs {Describe(_session.Inputs)}; outputs {Describe(_session.Outputs)}",
        Expected = $"z [N, z_dim], at most a truncation psi beside it, to codes [N, {_wDim}] or [N, {_numWs}, {_wDim}]",
        Fix = "give the mapping that belongs to this generator",
    });

    static string Describe(IReadOnlyDictionary<string, NodeMetadata> ports) =>
        string.Join(", ", ports.Select(p => $"{p.Key} {p.Value.ElementType?.Name}[{string.Join(", ", p.Value.Dimensions.Select(d => d < 0 ? "N" : $"{d}"))}]"));
}
