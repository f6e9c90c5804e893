namespace Cfgen.Counterfactuals;

/// <summary>What the classifier says about a picture as it is handed over: saved, with 8 bits a sample.</summary>
/// <param name="Probability">p(target) of that picture, in [0, 1]; not a number where there is no picture to classify.</param>
/// <param name="IsTarget">Whether the picture is in the target: the most probable class or, where classes are labels of which any number
/// may hold, one with at least even odds.</param>
public readonly record struct Verdict(double Probability, bool IsTarget)
{
    readonly IReadOnlyList<double>? _views;

    /// <summary>p(target) of the picture under each view, that of the picture itself first; with no other views that alone.</summary>
    public IReadOnlyList<double> Views
    {
        get => _views ?? [Probability];
        init => _views = value;
    }
}
