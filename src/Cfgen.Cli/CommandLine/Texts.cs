using System.CommandLine.Parsing;

namespace Cfgen.Cli.CommandLine;

/// <summary>Parsers for options and arguments that are text.</summary>
static class Texts
{
    /// <summary>Any text but an empty one and one that looks like an option: there the value was forgotten, or the option mistyped.</summary>
    public static string? NotEmpty(ArgumentResult result)
    {
        string text = result.Text();
        if (string.IsNullOrWhiteSpace(text)) result.Refuse("a text that is not empty");
        else if (result.Parent is OptionResult && text.StartsWith("--", StringComparison.Ordinal)) result.Refuse("a value, not another option", $"if it is a path, write ./{text}");
        else return text;
        return null;
    }
}
