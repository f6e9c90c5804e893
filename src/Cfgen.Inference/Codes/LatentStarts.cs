using Cfgen.Counterfactuals;
using Cfgen.Counterfactuals.Numerics;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Runtime;

namespace Cfgen.Inference.Codes;

/// <summary>What is known of a generator's codes where an inversion begins: how they are spread, and codes to start from.</summary>
/// <param name="Distribution">Mean and covariance: the bundle's, or measured on mapped codes.</param>
/// <param name="Starts">The mean first, then codes as the generator was trained with; each [num_ws, w_dim].</param>
public sealed record LatentStarts(LatentDistribution Distribution, IReadOnlyList<float[]> Starts)
{
    /// <summary>Starts beside the mean where nobody says how many.</summary>
    public const int DefaultCount = 8;

    /// <summary>Finds both.</summary>
    /// <param name="bundle">With mapping, where nothing is given.</param>
    /// <param name="given">How the codes are spread; null measures it on mapped codes.</param>
    /// <param name="numWs">Codes that the generator takes.</param>
    /// <param name="wDim">Length of one code.</param>
    /// <param name="count">Starts beside the mean, at least 0.</param>
    /// <param name="seed">Of what is drawn, at least 0.</param>
    /// <param name="space">In W the first layer's code is every layer's.</param>
    /// <param name="settings">How ONNX Runtime runs the mapping.</param>
    /// <param name="cancellationToken">Stops a long run.</param>
    /// <exception cref="CfgenException">The bundle has neither, or what it has does not fit its generator.</exception>
    public static LatentStarts Of(
        Bundle bundle, LatentDistribution? given, int numWs, int wDim, int count, int seed, LatentSpace space, SessionSettings settings,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        RandomState random = new((uint)seed);
        if (bundle.Mapping is null
            && given is null) throw new InputException(new("latent-distribution-unknown", "nothing tells where the generator's codes lie")
            {
                Where = bundle.Where,
                Found = "neither mean and covariance of the codes nor a mapping",
                Expected = "one of them",
                Fix = "give --latent-mean and --latent-covariance, or add them or the mapping to the bundle",
            });
        using MappedCodes? mapping = bundle.Mapping is null || count == 0 && given is not null ? null
            : MappedCodes.Open(bundle, numWs, wDim, settings);
        // Drawn first, so that the starts do not depend on whether statistics are given.
        float[][] mapped = mapping?.Draw(count, random, cancellationToken) ?? [];
        LatentDistribution distribution = given ?? mapping!.Measure(random, cancellationToken);
        IEnumerable<float[]> drawn = mapping is null ? Enumerable.Range(0, count).Select(_ => Draw(distribution, random, numWs))
            : mapped.Select(ws => space is LatentSpace.W ? Repeat(ws.AsSpan(0, wDim).ToArray(), numWs) : ws);
        return new(distribution, [Repeat(ToFloats(distribution.Mean.Span), numWs), .. drawn]);
    }

    static float[] Draw(LatentDistribution distribution, RandomState random, int numWs)
    {
        double[] w = new double[distribution.Dimension];
        distribution.Unwhiten(random.Normal(w.Length), w);
        return Repeat(ToFloats(w), numWs);
    }

    static float[] ToFloats(ReadOnlySpan<double> w)
    {
        float[] floats = new float[w.Length];
        for (int i = 0; i < floats.Length; i++) floats[i] = (float)w[i];
        return floats;
    }

    static float[] Repeat(float[] w, int numWs) => [.. Enumerable.Repeat(w, numWs).SelectMany(layer => layer)];
}
