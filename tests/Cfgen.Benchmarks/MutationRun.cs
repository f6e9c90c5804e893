using System.Globalization;

namespace Cfgen.Benchmarks;

/// <summary>What became of one command with a mutated model.</summary>
/// <param name="Exit">Exit code; 137 where it was ended as hanging.</param>
/// <param name="Error">What it wrote on stderr.</param>
/// <param name="Seconds">From start to end.</param>
/// <param name="Processor">Seconds of processor time, on all cores: at most the time from start to end on a machine with nothing else to
/// do.</param>
/// <param name="Memory">Largest resident memory, in bytes.</param>
/// <param name="HasControl">Whether it wrote a control character.</param>
sealed record MutationRun(int Exit, string Error, double Seconds, double Processor, double Memory, bool HasControl)
{
    const double MostSeconds = 2, MostMemory = 300e6;

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public string? Defect => this switch
    {
        { Exit: not (0 or 1 or 2) } => string.Create(CultureInfo.InvariantCulture, $"exit {Exit}: {Error}"),
        { HasControl: true } => $"a control character: {Error}",
        { Seconds: > MostSeconds, Processor: > MostSeconds } =>
            string.Create(CultureInfo.InvariantCulture, $"{Seconds:0.0} s, exit {Exit}"),
        { Memory: > MostMemory } => string.Create(CultureInfo.InvariantCulture, $"{Memory / 1e6:0} MB, exit {Exit}"),
        _ => null,
    };
}
