namespace Cfgen.Counterfactuals;

/// <summary>One point of a counterfactual path. Step 0 is the start itself.</summary>
/// <param name="Index">How many moves led here. A step that ends a cancelled search has the index of the step it repeats.</param>
/// <param name="Ws">The latent codes, [num_ws, w_dim] row by row.</param>
/// <param name="Evaluation">What the objective said about them.</param>
/// <param name="Distance">
/// How far the code is from the start, in standard deviations of the latent distribution, or in the codes' own unit where no statistics are
/// known:
/// the length of u - u_start; in W+ the root mean square over layers.
/// </param>
/// <param name="MahalanobisLength">
/// How far the code is from the mean of the latent distribution, in the same units; from the start where no statistics are known.
/// </param>
/// <param name="GradientNorm">The length of d score / d u, without the prior. Zero when the networks say nothing about where to go.</param>
/// <param name="Verdict">What the objective said about the image as it will be saved; null where the evaluation does not cross the
/// threshold, and nobody asked.</param>
/// <param name="Parent">Index of the step that this one moved from: the one before or, where the search went back, the best one so far; -1
/// of step 0.</param>
/// <param name="Phase">Which part of the search made it.</param>
/// <param name="Outcome">Why the search ended here; null on every step but the last.</param>
public sealed record SearchStep(
    int Index,
    ReadOnlyMemory<float> Ws,
    Evaluation Evaluation,
    double Distance,
    double MahalanobisLength,
    double GradientNorm,
    Verdict? Verdict,
    int Parent,
    SearchPhase Phase,
    SearchOutcome? Outcome);
