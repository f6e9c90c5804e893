namespace Cfgen.Explanations;

/// <summary>What errors call the networks: usually their paths.</summary>
/// <param name="Generator">Latent code to image.</param>
/// <param name="Encoder">Image to latent code; null where there is none.</param>
/// <param name="Objective">What gives score and gradient.</param>
public sealed record NetworkNames(string Generator, string? Encoder, string Objective);
