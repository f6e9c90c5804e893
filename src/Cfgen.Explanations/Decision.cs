namespace Cfgen.Explanations;

/// <summary>What the classifier says about an image.</summary>
/// <param name="Class">The most probable class.</param>
/// <param name="Probability">Its probability.</param>
/// <param name="TargetProbability">That of the target; null where nothing is searched for.</param>
public sealed record Decision(NamedClass Class, double Probability, double? TargetProbability)
{
    /// <summary>What probabilities mean; of equal ones the first wins.</summary>
    /// <param name="probabilities">[K].</param>
    /// <param name="names">Of the K classes.</param>
    /// <param name="target">The class that is searched towards or away from, if any.</param>
    public static Decision Of(float[] probabilities, ClassNames names, NamedClass? target = null)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(names);
        int index = Array.IndexOf(probabilities, probabilities.Max());
        return new(names[index], probabilities[index], target is null ? null : probabilities[target.Index]);
    }
}
