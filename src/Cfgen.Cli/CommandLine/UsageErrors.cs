using System.CommandLine;
using System.CommandLine.Parsing;

namespace Cfgen.Cli.CommandLine;

/// <summary>Says in cfgen's own words what is wrong with a command line.</summary>
static class UsageErrors
{
    /// <summary>
    /// The problems, of wrong values all; an unknown command or unknown options alone where there are any, because the words around them
    /// are misread.
    /// </summary>
    public static IReadOnlyList<Problem> Of(ParseResult result)
    {
        CommandResult command = result.CommandResult;
        if (command.Command.Subcommands.Count > 0 && result.UnmatchedTokens is [{ } name, ..] && !LooksLikeOption(name))
            return [NoSuchCommand(name, command)];
        List<Problem> unknown = [.. Strays(result).Where(LooksLikeOption).Select(word => NoSuchOption(word, command))];
        if (unknown.Count > 0) return unknown;
        if (Conflict(result) is { } conflict) return [conflict];
        return [.. result.Errors.Select(error => UsageProblems.Of(error) ?? Structural(error, result)).Distinct()];
    }

    static bool LooksLikeOption(string word) => word.Length > 1 && word[0] == '-';

    // An unknown option is an ordinary word to the library: it becomes the argument of the command, or is left over. After "--" every word
    // may begin with a hyphen.
    static IEnumerable<string> Strays(ParseResult result)
    {
        HashSet<string> escaped = [.. result.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Select(token => token.Value)];
        IEnumerable<string> arguments =
            result.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value);
        return arguments.Concat(result.UnmatchedTokens).Where(word => !escaped.Contains(word));
    }

    static Problem NoSuchOption(string word, CommandResult command)
    {
        string name = word.Split('=', ':')[0];
        string help = $"{Line(command)} --help";
        // Without the hyphens, or every short name would resemble every other.
        string? letters = Nearest.Of(name.TrimStart('-'), OptionNames(command).Select(option => option.TrimStart('-')));
        string? meant = OptionNames(command).FirstOrDefault(option => option.TrimStart('-') == letters);
        return new("unknown-option", "there is no such option")
        {
            Where = Line(command),
            Found = name,
            Fix = meant is null ? $"see {help}" : meant == name ? "write it after the command" : $"did you mean {meant}? see also {help}",
        };
    }

    static Problem? Conflict(ParseResult result) =>
        result.GetResult("--quiet") is OptionResult { Implicit: false } && result.GetResult("--verbose") is OptionResult { Implicit: false }
            ? new("options-conflict", "two options exclude each other") { Found = "--quiet and --verbose", Fix = "give one of them" }
            : null;

    static Problem Structural(ParseError error, ParseResult result)
    {
        CommandResult command = result.CommandResult;
        OptionResult? option = error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult;
        if (option is { IdentifierToken: null })
            return new("option-missing", "an option is missing")
            {
                Where = Line(command),
                Expected = $"{option.Option.Name} {option.Option.HelpName}",
                Fix = $"see {Line(command)} --help",
            };
        if (option is { Tokens.Count: 0 })
            return new("value-missing", "an option has no value")
            {
                Where = option.IdentifierToken?.Value,
                Expected = $"{option.Option.Name} {option.Option.HelpName}",
            };
        if (option is not null)
            return new("option-repeated", "an option was given more than once")
            {
                Where = option.IdentifierToken?.Value,
                Fix = "give it once",
            };
        if (result.UnmatchedTokens is [{ } word, ..])
            return TooManyArguments(word, command);
        if (command.Command.Subcommands.Count > 0)
            return new("command-missing", "no command was given")
            {
                Expected = string.Join(" or ", CommandNames(command)),
                Fix = $"see {Line(command)} --help",
            };
        return new("argument-missing", "an argument is missing")
        {
            Where = Line(command),
            Expected = $"{Line(command)} {string.Join(' ', command.Command.Arguments.Select(argument => argument.Name))}",
            Fix = $"see {Line(command)} --help",
        };
    }

    static Problem NoSuchCommand(string word, CommandResult command) => new("unknown-command", "there is no such command")
    {
        Found = word,
        Expected = string.Join(" or ", CommandNames(command)),
        Fix = Nearest.Of(word, CommandNames(command)) is { } meant ? $"did you mean {meant}?" : $"see {Line(command)} --help",
    };

    static Problem TooManyArguments(string word, CommandResult command) => new("argument-unexpected", "there is one argument too many")
    {
        Where = Line(command),
        Found = word,
        Expected = string.Join(' ', command.Command.Arguments.Select(argument => argument.Name).Prepend(Line(command))),
        Fix = command.Command.Arguments.Count > 0 ? "put a name with spaces into quotes" : $"see {Line(command)} --help",
    };

    static IEnumerable<string> CommandNames(CommandResult command) => command.Command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name);

    static IEnumerable<string> OptionNames(CommandResult command) =>
        from c in Path(command)
        from option in c.Command.Options
        where c == command || option.Recursive
        from name in option.Aliases.Prepend(option.Name)
        select name;

    static string Line(CommandResult command) =>
        string.Join(' ', Path(command).Reverse().Select(c => c.Command is RootCommand root ? root.HelpName : c.Command.Name));

    // From the command up to the root.
    static IEnumerable<CommandResult> Path(CommandResult command)
    {
        for (CommandResult? c = command; c is not null; c = c.Parent as CommandResult) yield return c;
    }
}
