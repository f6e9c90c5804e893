namespace Cfgen.Cli;

/// <summary>The options that every command has, as typed.</summary>
/// <param name="Json">Data and errors as JSON, for a program to read.</param>
/// <param name="Quiet">Nothing but errors and what was asked for with <paramref name="Json"/>.</param>
/// <param name="Verbose">Tell in detail what is done.</param>
sealed record CommonOptions(bool Json = false, bool Quiet = false, bool Verbose = false);
