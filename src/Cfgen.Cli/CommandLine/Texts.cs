using System.CommandLine.Parsing;

namespace Cfgen.Cli.CommandLine;

/// <summary>Parsers for options and arguments that are text.</summary>
static class Texts
{
    /// <summary>
    /// Any text but an empty one and one that looks like an option: there the value was forgotten, or the option mistyped.
    /// </summary>
    public static string? NotEmpty(ArgumentResult result)
    {
        string text = result.Text();
        return Accepts(result, text) ? text : null;
    }

    /// <summary>Several texts, each as <see cref="NotEmpty"/> asks.</summary>
    public static string[]? NoneEmpty(ArgumentResult result)
    {
        string[] texts = [.. result.Tokens.Select(token => token.Value)];
        return texts.All(text => Accepts(result, text)) ? texts : null;
    }

    static bool Accepts(ArgumentResult result, string text)
    {
        if (string.IsNullOrWhiteSpace(text)) result.Refuse(text, "a text that is not empty", fix: null);
        else if (result.Parent is OptionResult && text.StartsWith("--", StringComparison.Ordinal))
            result.Refuse(text, "a value, not another option", $"if it is a path, write ./{text}");
        else return true;
        return false;
    }
}
