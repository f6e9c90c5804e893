namespace Cfgen.Counterfactuals;

/// <summary>Where the probability of the target class is to go.</summary>
public enum SearchDirection
{
    /// <summary>Towards the class: reached when p(target) is at least the threshold, on the image as it will be saved.</summary>
    Increase,

    /// <summary>
    /// Away from the class: reached when another class is the most probable one and p(target) is at most one minus the threshold, on the
    /// image as it will be saved.
    /// </summary>
    Decrease,
}
