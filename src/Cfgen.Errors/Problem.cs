using System.Text.Json.Serialization;

namespace Cfgen;

/// <summary>Everything a person needs to mend a wrong input. Shown as text, or as one JSON object with <c>--json</c>.</summary>
/// <param name="Code">Stable name for programs, in words joined by hyphens, such as <c>image-unreadable</c>.</param>
/// <param name="What">What went wrong, one sentence without a full stop.</param>
public sealed record Problem(string Code, string What)
{
    /// <summary>The file, option, line, node or key concerned.</summary>
    public string? Where { get; init; }

    /// <summary>What stood there.</summary>
    public string? Found { get; init; }

    /// <summary>What should have stood there.</summary>
    public string? Expected { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Fix { get; init; }

    /// <summary>Where in cfgen a defect came to light, in lines: its stack trace. Null for what the user can mend.</summary>
    [JsonIgnore]
    public string? Trace { get; init; }

    /// <summary>The problem in lines of text: the sentence, then a line for each known part, fit for people's eyes.</summary>
    public override string ToString()
    {
        IEnumerable<string> lines =
            from part in new[] { ("where", Where), ("found", Found), ("expected", Expected), ("fix", Fix) }
            where part.Item2 is not null
            select $"  {part.Item1 + ":",-10}{ShownText.Of(part.Item2)}";
        if (Trace is not null) lines = lines.Append(ShownText.OfLines(Trace));
        return string.Join('\n', lines.Prepend(ShownText.Of(What)));
    }
}
