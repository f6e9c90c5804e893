namespace Cfgen.Explanations;

/// <summary>What is asked about one image.</summary>
/// <param name="TargetClass">The class to move towards or away from, by name or by index from 0; null for the usual one.</param>
public sealed record ExplanationRequest(string? TargetClass = null);
