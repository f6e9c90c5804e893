namespace Cfgen.Counterfactuals;

/// <summary>The numbers of one step of a search.</summary>
/// <param name="Step">Moves so far; 0 is the start.</param>
/// <param name="Score">The objective.</param>
/// <param name="Probability">p(target).</param>
/// <param name="Distance">From the start, in standard deviations of the latent codes or, where their distribution is not known, in code
/// units.</param>
/// <param name="Mahalanobis">From the mean of the latent codes, in standard deviations; null where their distribution is not
/// known.</param>
/// <param name="GradientNorm">Length of the gradient of the score.</param>
/// <param name="WeakestView">p(target) under the view that lies farthest back.</param>
/// <param name="Parent">The step that this one moved from; null of the first one.</param>
/// <param name="Phase">The part of the search that made it.</param>
public sealed record SearchPathRow(
    int Step, double Score, double Probability, double Distance, double? Mahalanobis, double GradientNorm, double WeakestView,
    int? Parent, SearchPhase Phase);
