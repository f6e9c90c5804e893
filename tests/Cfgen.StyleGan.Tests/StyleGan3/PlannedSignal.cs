namespace Cfgen.StyleGan.Tests.StyleGan3;

/// <summary>What flows between two layers.</summary>
/// <param name="Channels">How many.</param>
/// <param name="Size">Samples on a side, margin included.</param>
/// <param name="Rate">Samples on the picture's side.</param>
/// <param name="Cutoff">Of the low-pass filter, in cycles on the picture's side.</param>
sealed record PlannedSignal(int Channels, int Size, int Rate, double Cutoff);
