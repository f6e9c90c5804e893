namespace Cfgen.Explanations;

/// <summary>What the classifier says of the counterfactual, as it is saved, under one view.</summary>
/// <param name="View">Name of the view.</param>
/// <param name="Probability">p(target).</param>
/// <param name="Holds">Whether it is on the wanted side of the threshold.</param>
public sealed record ViewProbability(string View, double Probability, bool Holds);
