namespace Cfgen.Counterfactuals;

/// <summary>What an objective says about one latent code. It owns its arrays: whoever holds the evaluation may keep them.</summary>
/// <param name="Score">The value to be made larger, already turned the way of the search: larger is always better. With views their
/// mean.</param>
/// <param name="Probability">p(target) of the image itself, in [0, 1], whatever the direction.</param>
/// <param name="Gradient">d score / d ws, [num_ws, w_dim] row by row.</param>
/// <param name="Image">The synthesised image, [C, H, W] row by row; empty where an objective makes none.</param>
public sealed record Evaluation(double Score, double Probability, ReadOnlyMemory<float> Gradient, ReadOnlyMemory<float> Image)
{
    /// <summary>p(target) of the image under each view, that of the image itself first; with no other views that alone.</summary>
    public IReadOnlyList<double> Views { get; init; } = [Probability];

    /// <summary>The classifier's logits of the image itself, [K]; empty where an objective tells none.</summary>
    public ReadOnlyMemory<float> Logits { get; init; }
}
