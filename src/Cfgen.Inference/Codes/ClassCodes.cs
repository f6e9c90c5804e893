using Cfgen.Counterfactuals;
using Cfgen.Counterfactuals.Numerics;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Generators;
using Cfgen.Inference.Images;
using Cfgen.Inference.Runtime;

namespace Cfgen.Inference.Codes;

/// <summary>Finds out where the codes lie that the classifier itself calls each class.</summary>
public static class ClassCodes
{
    /// <summary>Codes that are drawn where nobody says how many.</summary>
    public const int DefaultDraws = 1500;

    /// <summary>Seed of what is drawn.</summary>
    public const uint Seed = 0;

    /// <summary>From codes drawn from the distribution of all codes, and what the classifier says of their pictures.</summary>
    /// <param name="bundle">With generator.</param>
    /// <param name="distribution">Mean and covariance of its codes.</param>
    /// <param name="classifier">The classifier in force.</param>
    /// <param name="draws">How many codes.</param>
    /// <param name="session">How the generator is run; each picture on one thread, as many at once as there are.</param>
    /// <param name="drawn">Told how many are done.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null where no class has codes enough.</returns>
    /// <exception cref="CfgenException">A network cannot be run.</exception>
    public static ClassStatistics? Draw(Bundle bundle, LatentDistribution distribution, ImageClassifier classifier, int draws,
        SessionSettings session, Action<int>? drawn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(session);
        RandomState random = new(Seed);
        double[][] codes = [.. Enumerable.Range(0, draws).Select(_ => random.Normal(distribution.Dimension))];
        var classified = new (double[] U, int Class, double Probability)[draws];
        using SynthesisNetwork generator = SynthesisNetwork.Open(bundle, session with { Threads = 1 });
        int done = 0;
        ParallelOptions options = new()
        {
            MaxDegreeOfParallelism = session.Threads > 0 ? session.Threads : Environment.ProcessorCount,
            CancellationToken = cancellationToken,
        };
        Parallel.For(0, draws, options, i =>
        {
            double[] w = new double[distribution.Dimension];
            distribution.Unwhiten(codes[i], w);
            float[] image = generator.Synthesize(Array.ConvertAll(w, x => (float)x), cancellationToken);
            float[] probabilities = classifier.Classify(image, cancellationToken);
            int present = Array.IndexOf(probabilities, probabilities.Max());
            classified[i] = (codes[i], present, probabilities[present]);
            drawn?.Invoke(Interlocked.Increment(ref done));
        });
        return ClassStatistics.Of(classified, classifier.Classes);
    }
}
