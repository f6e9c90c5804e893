namespace Cfgen.Counterfactuals;

/// <summary>The best code that an inversion found: the one with the smallest loss plus prior.</summary>
/// <param name="Outcome">Why the inversion ended.</param>
/// <param name="Ws">The latent codes, [num_ws, w_dim] row by row; the first start where nothing was finite.</param>
/// <param name="Loss">Its loss, without the prior; not a number where nothing was finite.</param>
/// <param name="StartLoss">The loss of the start that led to it.</param>
/// <param name="Image">What the generator makes of it, [C, H, W] row by row.</param>
/// <param name="Start">Which of the starts led to it, from 0.</param>
/// <param name="Steps">Moves of Adam that were taken, those of the short runs included.</param>
/// <param name="MahalanobisLength">
/// How far the code is from the mean of the latent distribution, in its standard deviations; from the start where no statistics are known.
/// In W+ the root mean square over layers.
/// </param>
public sealed record InversionResult(
    InversionOutcome Outcome,
    ReadOnlyMemory<float> Ws,
    double Loss,
    double StartLoss,
    ReadOnlyMemory<float> Image,
    int Start,
    int Steps,
    double MahalanobisLength);
