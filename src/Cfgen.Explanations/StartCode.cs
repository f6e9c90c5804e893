using Cfgen.Counterfactuals;

namespace Cfgen.Explanations;

/// <summary>The code that a search starts from.</summary>
/// <param name="Ws">[num_ws, w_dim] row by row.</param>
/// <param name="Method">How it was found.</param>
/// <param name="Inversion">What the descent found; null for the encoder alone.</param>
public sealed record StartCode(ReadOnlyMemory<float> Ws, StartMethod Method, InversionResult? Inversion);
