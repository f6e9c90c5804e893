namespace Cfgen.Counterfactuals;

/// <summary>What an objective says about one latent code. It owns its arrays: whoever holds the evaluation may keep them.</summary>
/// <param name="Loss">How far the image is from the picture, from 0; smaller is better.</param>
/// <param name="Gradient">d loss / d ws, [num_ws, w_dim] row by row.</param>
/// <param name="Image">The synthesised image, [C, H, W] row by row; empty where an objective makes none.</param>
public sealed record InversionEvaluation(double Loss, ReadOnlyMemory<float> Gradient, ReadOnlyMemory<float> Image);
