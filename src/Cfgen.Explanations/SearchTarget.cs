using Cfgen.Counterfactuals;
using Cfgen.Inference.Images;

namespace Cfgen.Explanations;

/// <summary>The class to move towards or away from.</summary>
static class SearchTarget
{
    /// <summary>
    /// The class that was asked for. Without one: away from the class that the image is in, or towards the most probable
    /// other class of the reconstruction, where the search starts.
    /// </summary>
    /// <param name="requested">By name or index, or null.</param>
    /// <param name="direction">Towards or away.</param>
    /// <param name="original">Probabilities of the image.</param>
    /// <param name="hasLabels">Whether the classes are labels, of which the image may have several.</param>
    /// <param name="names">The classes.</param>
    /// <param name="reconstruction">Probabilities of the reconstruction, computed only where needed.</param>
    /// <exception cref="InputException">No such class, or the search would go towards the class that the image is in already, or away from
    /// one that it is not in.</exception>
    public static NamedClass Choose(
        string? requested, SearchDirection direction, float[] original, bool hasLabels, ClassNames names, Func<float[]> reconstruction)
    {
        int present = Array.IndexOf(original, original.Max());
        int target = requested is not null ? names.Find(requested)
            : direction is SearchDirection.Decrease ? present
            : MostProbableOther(original, reconstruction(), hasLabels) ?? present;
        bool isIn = ImageClassifier.IsIn(original, target, hasLabels);
        if (isIn && direction is SearchDirection.Increase) throw IsPresentClass(names[target]);
        if (!isIn && direction is SearchDirection.Decrease) throw IsNotPresentClass(names[target], names[present], original[present]);
        return names[target];
    }

    /// <summary>The most probable class of one image that another image is not in; null where that one is in every class.</summary>
    /// <param name="image">Probabilities of the image that is not in the class.</param>
    /// <param name="candidate">Probabilities of the image whose most probable class is meant.</param>
    /// <param name="hasLabels">Whether the classes are labels.</param>
    public static int? MostProbableOther(float[] image, float[] candidate, bool hasLabels) =>
        Enumerable.Range(0, image.Length).Where(k => !ImageClassifier.IsIn(image, k, hasLabels)).Select(k => (int?)k)
            .MaxBy(k => candidate[k!.Value]);

    static InputException IsPresentClass(NamedClass target) =>
        new(new("target-is-present-class", "the classifier puts the image into the target class already")
        {
            Where = "--target-class",
            Found = $"'{target.Name}', the present class",
            Expected = "another class",
            Fix = "name another class, leave --target-class out for the second most probable one, "
                + "or move away from it with --direction decrease",
        });

    static InputException IsNotPresentClass(NamedClass target, NamedClass present, double probability) =>
        new(new("target-is-not-present-class", "the classifier does not put the image into the class that the search is to leave")
        {
            Where = "--target-class",
            Found = $"'{target.Name}', where the image is {present.WithProbability(probability)}",
            Expected = $"'{present.Name}', the present class",
            Fix = "leave --target-class out to move away from the present class, "
                + "or move towards another one with --direction increase",
        });
}
