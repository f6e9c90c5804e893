using System.CommandLine.Parsing;
using System.Runtime.CompilerServices;

namespace Cfgen.Cli.CommandLine;

/// <summary>
/// Carries a whole <see cref="Problem"/> from the parser of an option to the error report:
/// the library's own errors hold a sentence only, and found, expected and fix must not be guessed back out of it.
/// </summary>
static class UsageProblems
{
    static readonly ConditionalWeakTable<SymbolResult, Problem> s_problems = [];

    /// <summary>Refuses the value that was typed for an option or argument.</summary>
    public static void Refuse(this ArgumentResult result, string expected, string? fix = null) =>
        result.Refuse(result.Text(), expected, fix);

    /// <summary>Refuses one of the values that were typed for an option or argument.</summary>
    public static void Refuse(this ArgumentResult result, string text, string expected, string? fix)
    {
        Problem problem = new(
            "value-not-accepted", $"the value of {(result.Parent is OptionResult ? "an option" : "an argument")} cannot be used")
        {
            Where = result.NameOnLine(),
            Found = $"'{text}'",
            Expected = expected,
            Fix = fix,
        };
        result.AddError(problem.What);
        // The library tells the error of an option's value as one of the option.
        s_problems.AddOrUpdate(result.Parent as OptionResult ?? (SymbolResult)result, problem);
    }

    /// <summary>The problem behind an error, or null where the library itself found it.</summary>
    public static Problem? Of(ParseError error) =>
        error.SymbolResult is { } result && s_problems.TryGetValue(result, out Problem? problem) ? problem : null;

    /// <summary>The one text that was typed.</summary>
    public static string Text(this ArgumentResult result) => result.Tokens.Single().Value;

    /// <summary>The option as it was typed, alias or not, or the argument's name.</summary>
    public static string NameOnLine(this ArgumentResult result) =>
        result.Parent is OptionResult option ? option.IdentifierToken?.Value ?? option.Option.Name : result.Argument.Name;
}
