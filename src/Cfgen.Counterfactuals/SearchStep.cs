namespace Cfgen.Counterfactuals;

/// <summary>One point of a counterfactual path. Step 0 is the start itself.</summary>
/// <param name="Index">How many steps came before.</param>
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
public sealed record SearchStep(
    int Index,
    ReadOnlyMemory<float> Ws,
    Evaluation Evaluation,
    double Distance,
    double MahalanobisLength,
    double GradientNorm,
    Verdict? Verdict,
    int Parent,
    SearchPhase Phase)
{
    /// <summary>Whether it is a counterfactual: every view of the image as it will be saved is beyond the threshold, and in a part of the
    /// search that comes nearer also every view that was not searched with.</summary>
    public bool IsReached { get; init; }

    /// <summary>Whether score, gradient and every probability are numbers: the last step of a search may have others.</summary>
    public bool IsFinite =>
        double.IsFinite(Evaluation.Score) && double.IsFinite(GradientNorm) && Evaluation.Views.All(double.IsFinite)
        && (Verdict is not { } saved || saved.Views.All(double.IsFinite));
}
