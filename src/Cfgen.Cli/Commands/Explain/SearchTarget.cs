using Cfgen.Cli.Bundles;
using Cfgen.Cli.Output.Console;
using Cfgen.Cli.Output.Json;
using Cfgen.Counterfactuals;
using Cfgen.Inference.Images;
using Cfgen.Inference.Objectives;

namespace Cfgen.Cli.Commands.Explain;

/// <summary>The class to move towards or away from.</summary>
static class SearchTarget
{
    /// <summary>
    /// The class that was asked for. Without one: away from the class that the image is in, or towards the most probable
    /// other class of the reconstruction, where the search starts.
    /// </summary>
    /// <param name="asked">As typed, or null.</param>
    /// <param name="direction">Towards or away.</param>
    /// <param name="original">Probabilities of the image.</param>
    /// <param name="hasLabels">Whether the classes are labels, of which the image may have several.</param>
    /// <param name="names">The classes.</param>
    /// <param name="reconstruction">Probabilities of the reconstruction, computed only where needed.</param>
    /// <exception cref="InputException">No such class, or the search would go towards the class that the image is in already, or away from
    /// one that it is not in.</exception>
    public static ClassRecord Choose(
        string? asked, SearchDirection direction, float[] original, bool hasLabels, ClassNames names, Func<float[]> reconstruction)
    {
        int present = ArgMax(original, except: -1);
        bool IsIn(int k) => ImageClassifier.IsIn(original, k, hasLabels);
        int Default() => direction is SearchDirection.Decrease ? present : MostProbable(reconstruction(), k => !IsIn(k)) ?? present;
        int target = asked is null ? Default() : names.Find(asked);
        if (IsIn(target) && direction is SearchDirection.Increase)
        {
            throw new InputException(new("target-is-present-class", "the classifier puts the image into the target class already")
            {
                Where = "--target-class",
                Found = $"'{names[target].Name}', the present class",
                Expected = "another class",
                Fix = "name another class, leave --target-class out for the second most probable one, or move away from it with --direction decrease",
            });
        }
        if (direction is SearchDirection.Decrease && !IsIn(target))
        {
            const string What = "the classifier does not put the image into the class that the search is to leave";
            throw new InputException(new("target-is-not-present-class", What)
            {
                Where = "--target-class",
                Found = $"'{names[target].Name}', where the image is {DecisionText.Of(names[present], original[present])}",
                Expected = $"'{names[present].Name}', the present class",
                Fix = "leave --target-class out to move away from the present class, or move towards another one with --direction increase",
            });
        }
        return names[target];
    }

    /// <summary>Probabilities of what the generator makes of a code.</summary>
    public static float[] Reconstruct(Pipeline pipeline, float[] ws, CancellationToken cancellationToken)
    {
        Evaluation evaluation = pipeline.ObjectiveFor(targetClass: 0).Evaluate(ws, cancellationToken);
        return pipeline.Classifier.Classify(evaluation.Image, "the reconstruction of the image", cancellationToken);
    }

    /// <summary>Index of the most probable of some classes; null where there is none.</summary>
    static int? MostProbable(float[] values, Func<int, bool> counts) =>
        Enumerable.Range(0, values.Length).Where(counts).Select(k => (int?)k).MaxBy(k => values[k!.Value]);

    /// <summary>Index of the most probable class but one; -1 leaves none out.</summary>
    public static int ArgMax(float[] values, int except) =>
        Enumerable.Range(0, values.Length).Where(k => k != except).MaxBy(k => values[k]);
}
