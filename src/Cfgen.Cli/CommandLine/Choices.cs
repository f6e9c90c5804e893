using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;

namespace Cfgen.Cli.CommandLine;

/// <summary>The values that an option can have, each with the name it has on the command line.</summary>
sealed class Choices<T>(params (string Name, T Value)[] entries) where T : struct
{
    /// <summary>The names in order.</summary>
    public IReadOnlyList<string> Names { get; } = [.. entries.Select(entry => entry.Name)];

    /// <summary>An option that takes one of the names and completes them; its description ends with them.</summary>
    public Option<T?> ToOption(string name, string helpName, string description)
    {
        Option<T?> option = new(name)
        {
            Description = $"{description} One of {string.Join(", ", Names)}.",
            HelpName = helpName,
            CustomParser = Parse,
        };
        option.CompletionSources.Add(_ => Names.Select(n => new CompletionItem(n)));
        return option;
    }

    /// <summary>The name of a value.</summary>
    public string NameOf(T value) => entries.Single(entry => EqualityComparer<T>.Default.Equals(entry.Value, value)).Name;

    T? Parse(ArgumentResult result)
    {
        string text = result.Text();
        foreach ((string name, T value) in entries)
        {
            if (string.Equals(name, text, StringComparison.OrdinalIgnoreCase)) return value;
        }
        result.Refuse($"one of {string.Join(", ", Names)}", Nearest.Of(text, Names) is { } meant ? $"did you mean {meant}?" : null);
        return null;
    }
}
