using System.CommandLine;
using System.CommandLine.Parsing;

namespace Cfgen.Cli.CommandLine;

/// <summary>Options that take a value and may be left out.</summary>
static class ValueOptions
{
    /// <summary>One that takes a text, as <see cref="Texts.NotEmpty"/> asks.</summary>
    public static Option<string?> Text(string name, string helpName, string description, params string[] aliases) =>
        new(name, aliases) { HelpName = helpName, Description = description, CustomParser = Texts.NotEmpty };

    /// <summary>One that takes a number, or a choice, as the parser reads it.</summary>
    public static Option<T?> Number<T>(
        string name, string helpName, string description, Func<ArgumentResult, T?> parser, params string[] aliases) where T : struct =>
        new(name, aliases) { HelpName = helpName, Description = description, CustomParser = parser };
}
