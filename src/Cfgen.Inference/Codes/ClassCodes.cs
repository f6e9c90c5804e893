using System.Runtime.ExceptionServices;
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
    public const int DefaultDraws = 750;

    /// <summary>Seed of what is drawn.</summary>
    public const uint Seed = 0;

    /// <summary>From codes drawn from the distribution of all codes, and what the classifier says of their pictures.</summary>
    /// <param name="bundle">With generator.</param>
    /// <param name="distribution">Mean and covariance of its codes.</param>
    /// <param name="classifier">The classifier in force.</param>
    /// <param name="draws">How many codes.</param>
    /// <param name="session">How the generator is run; each picture on one thread, as many at once as there are.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null where no class has codes enough.</returns>
    /// <exception cref="CfgenException">A network cannot be run.</exception>
    public static ClassStatistics? Draw(Bundle bundle, LatentDistribution distribution, ImageClassifier classifier, int draws,
        SessionSettings session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(session);
        RandomState random = new(Seed);
        double[][] codes = [.. Enumerable.Range(0, draws).Select(_ => random.Normal(distribution.Dimension))];
        var classified = new (double[] U, int Class, double Probability)?[draws];
        using SynthesisNetwork generator = SynthesisNetwork.Open(bundle, session with { Threads = 1 });
        ParallelOptions options = new()
        {
            MaxDegreeOfParallelism = session.Threads > 0 ? session.Threads : Environment.ProcessorCount,
            CancellationToken = cancellationToken,
        };
        void Draw(int i)
        {
            double[] w = new double[distribution.Dimension];
            distribution.Unwhiten(codes[i], w);
            if (Classify(generator, classifier, Array.ConvertAll(w, x => (float)x), cancellationToken) is var (present, probability))
                classified[i] = (codes[i], present, probability);
        }
        try
        {
            Parallel.For(0, draws, options, Draw);
        }
        catch (AggregateException e)
        {
            // What one of them threw is the answer, not that several ran at once.
            ExceptionDispatchInfo.Throw(
                e.InnerExceptions.FirstOrDefault(inner => inner is not OperationCanceledException) ?? e.InnerExceptions[0]);
        }
        return ClassStatistics.Of([.. classified.OfType<(double[], int, double)>()], classifier.Classes);
    }

    /// <summary>What the picture of a code is taken for; null where the networks give no numbers of it, which tells nothing of the classes.
    /// Of the image to explain the same networks say so by its name.</summary>
    static (int Class, double Probability)? Classify(
        SynthesisNetwork generator, ImageClassifier classifier, float[] w, CancellationToken cancellationToken)
    {
        try
        {
            float[] probabilities = classifier.Classify(generator.Synthesize(w, cancellationToken), cancellationToken);
            int present = Array.IndexOf(probabilities, probabilities.Max());
            return (present, probabilities[present]);
        }
        catch (ModelContractException)
        {
            return null;
        }
    }
}
