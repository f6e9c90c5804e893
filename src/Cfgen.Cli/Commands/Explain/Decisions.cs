using Cfgen.Cli.Bundles;
using Cfgen.Cli.Output.Json;
using Cfgen.Cli.Results;
using Cfgen.Counterfactuals;

namespace Cfgen.Cli.Commands.Explain;

/// <summary>What the classifier says about the three pictures of an explanation, each as it is saved.</summary>
/// <param name="Original">About the image as it was given.</param>
/// <param name="Reconstructed">About the reconstruction, where the search starts.</param>
/// <param name="Counterfactual">About the counterfactual, where it ends.</param>
sealed record Decisions(DecisionRecord Original, DecisionRecord Reconstructed, DecisionRecord Counterfactual)
{
    /// <summary>Whether the reconstruction has the class of the image.</summary>
    public bool IsKept => Reconstructed.Class == Original.Class;

    /// <summary>
    /// What to warn of where the reconstruction belongs to another class than the image, and the path therefore begins elsewhere; else
    /// null.
    /// </summary>
    /// <param name="target">The class that the search moves towards or away from.</param>
    /// <param name="direction">Which of the two.</param>
    public string? Warning(ClassRecord target, SearchDirection direction)
    {
        if (IsKept) return null;
        string there = direction is SearchDirection.Increase && Reconstructed.Class == target ? ", the target," : "";
        return $"the classifier takes the reconstruction, where the search starts, for {Reconstructed.Class.Name}{there} "
            + $"and not for {Original.Class.Name} as the image: "
            + "the explanation is one of the reconstruction; --refine-inversion brings it closer to the image";
    }

    /// <summary>What the probabilities of a picture mean.</summary>
    public static DecisionRecord Of(float[] probabilities, ClassNames names, ClassRecord target)
    {
        int present = SearchTarget.ArgMax(probabilities, except: -1);
        return new() { Class = names[present], Probability = probabilities[present], TargetProbability = probabilities[target.Index] };
    }
}
