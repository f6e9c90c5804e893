using System.Globalization;

namespace Cfgen.Benchmarks;

/// <summary>What became of one command.</summary>
/// <param name="Exit">Exit code; 137 where it was ended as hanging.</param>
/// <param name="Message">The first line of what it wrote on stderr.</param>
/// <param name="Time">From start to end.</param>
/// <param name="Processor">
/// Seconds of processor time, on all cores: what the wall time would be on a machine with nothing else to do, at most.
/// </param>
/// <param name="Memory">Largest resident memory, in bytes.</param>
/// <param name="Opened">What a further run of the same command opened of the runtime, or of what it must not read.</param>
sealed record HostileRun(int Exit, string Message, TimeSpan Time, double Processor, double Memory, IReadOnlyList<string> Opened)
{
    /// <summary>The message in a table's cell, shortened, without what Markdown would read.</summary>
    public string Said => (Message.Length > 90 ? Message[..90] + "…" : Message).Replace('|', '/');

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"exit {Exit}, {Time.TotalSeconds:0.00} s ({Processor:0.00} s), {Memory / 1e6:0} MB")
            + (Opened.Count == 0 ? "" : $", opened {string.Join(" and ", Opened)}");
}
