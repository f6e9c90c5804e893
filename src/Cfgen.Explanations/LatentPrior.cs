namespace Cfgen.Explanations;

/// <summary>What a search holds a code to be typical of.</summary>
public enum LatentPrior
{
    /// <summary>
    /// Of the codes that the classifier itself calls the target. Away from a class there is no target, and of some classes there are too
    /// few codes: then all codes.
    /// </summary>
    Class,

    /// <summary>Of all codes of the generator.</summary>
    All,
}
