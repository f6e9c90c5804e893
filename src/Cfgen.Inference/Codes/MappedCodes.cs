using Cfgen.Counterfactuals;
using Cfgen.Counterfactuals.Numerics;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Generators;
using Cfgen.Inference.Runtime;

namespace Cfgen.Inference.Codes;

/// <summary>Codes as the generator was trained with, drawn at random through the bundle's mapping.</summary>
public sealed class MappedCodes : IDisposable
{
    /// <summary>Codes that mean and covariance are measured on where the bundle tells none.</summary>
    const int CodesMeasured = 10_000;

    /// <summary>Codes drawn in one run.</summary>
    const int RowsAtOnce = 250;

    readonly MappingNetwork _mapping;
    readonly int _numWs;
    readonly string _where;

    MappedCodes(MappingNetwork mapping, int numWs, string where) => (_mapping, _numWs, _where) = (mapping, numWs, where);

    /// <summary>Loads the mapping.</summary>
    /// <param name="bundle">With mapping.</param>
    /// <param name="numWs">Codes that the generator takes.</param>
    /// <param name="wDim">Length of one code.</param>
    /// <param name="settings">How ONNX Runtime runs it.</param>
    /// <exception cref="CfgenException">The mapping is unreadable, or gives codes that are not the generator's.</exception>
    public static MappedCodes Open(Bundle bundle, int numWs, int wDim, SessionSettings settings)
    {
        MappingNetwork mapping = MappingNetwork.Open(bundle, settings);
        if (mapping.WDim == wDim && (mapping.NumWs == numWs || mapping.NumWs == 1)) return new(mapping, numWs, bundle.Mapping!.Path);
        string found = $"{mapping.NumWs} codes of {mapping.WDim} numbers";
        mapping.Dispose();
        throw new ModelContractException(new("model-contract", "the mapping does not fit the generator")
        {
            Where = bundle.Mapping!.Path,
            Found = found,
            Expected = $"codes [N, {wDim}] or [N, {numWs}, {wDim}]",
            Fix = "give the mapping that belongs to this generator",
        });
    }

    /// <summary>Draws codes ws [num_ws, w_dim]: z from the standard normal distribution, mapped without truncation. A single code is
    /// repeated for every layer; a conditional generator gets its classes in turn.</summary>
    /// <exception cref="InputException">A code is not finite.</exception>
    public float[][] Draw(int count, RandomState random, CancellationToken cancellationToken)
    {
        int rows = _mapping.BatchIsFree ? RowsAtOnce : 1;
        List<float[]> codes = [];
        while (codes.Count < count)
        {
            float[] z = new float[rows * _mapping.ZDim];
            random.Fill(z);
            int[] classes = _mapping.CDim > 0 ? [.. Enumerable.Range(codes.Count, rows).Select(i => i % _mapping.CDim)] : [];
            float[] ws = _mapping.Map(z, classes, Truncation.None, cancellationToken);
            if (!Array.TrueForAll(ws, float.IsFinite)) throw new InputException(new("code-not-finite",
                "the mapping gives codes that are not numbers")
            {
                Where = _where,
                Fix = "check the mapping",
            });
            codes.AddRange(ws.Chunk(_mapping.NumWs * _mapping.WDim).Select(code =>
                _mapping.NumWs == _numWs ? code : [.. Enumerable.Repeat(code, _numWs).SelectMany(c => c)]));
        }
        return [.. codes.Take(count)];
    }

    /// <summary>Mean and covariance of many drawn codes. Where the mapping gives a code for each layer, the first one counts.</summary>
    public LatentDistribution Measure(RandomState random, CancellationToken cancellationToken)
    {
        CodeStatistics codes = new(_mapping.WDim);
        foreach (float[] ws in Draw(CodesMeasured, random, cancellationToken)) codes.Add(ws.AsSpan(0, _mapping.WDim));
        return LatentStatistics.Of(codes, _where);
    }

    /// <inheritdoc/>
    public void Dispose() => _mapping.Dispose();
}
