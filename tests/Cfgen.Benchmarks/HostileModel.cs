namespace Cfgen.Benchmarks;

/// <summary>A model that nobody means well with.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Write">Writes it, and what it names, into an empty folder; gives the path to hand to the program.</param>
sealed record HostileModel(string Name, Func<string, string> Write);
