namespace Cfgen.OnnxFormat.Normalisation.Recurrent;

/// <summary>What one step hands to the next.</summary>
/// <param name="H">The hidden state [N, hidden]; null where it is zero.</param>
/// <param name="C">The cell state of an LSTM [N, hidden]; null where it is zero.</param>
readonly record struct RecurrentState(string? H, string? C);
