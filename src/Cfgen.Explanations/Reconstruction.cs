using Cfgen.Counterfactuals;
using Cfgen.Imaging;

namespace Cfgen.Explanations;

/// <summary>What the generator makes of the code that a search starts from.</summary>
/// <param name="TargetClass">The class whose score was differentiated.</param>
/// <param name="Evaluation">What the objective says.</param>
/// <param name="Image">As it is saved.</param>
/// <param name="Probabilities">Of that image, [K].</param>
sealed record Reconstruction(int TargetClass, Evaluation Evaluation, PixelImage Image, float[] Probabilities);
