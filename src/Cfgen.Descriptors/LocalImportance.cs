namespace Cfgen.Descriptors;

/// <summary>How far one descriptor moved from the reconstruction to the counterfactual.</summary>
/// <param name="Name">The descriptor.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Before">Its value on the reconstruction.</param>
/// <param name="After">Its value on the counterfactual.</param>
/// <param name="Importance">After less before, in its unit.</param>
/// <param name="Standardised">
/// The importance in standard deviations of the descriptor over reference images; null where no positive one is known.
/// </param>
public sealed record LocalImportance(string Name, string Unit, double Before, double After, double Importance, double? Standardised);
