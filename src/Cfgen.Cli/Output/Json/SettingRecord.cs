using System.ComponentModel;

namespace Cfgen.Cli.Output.Json;

/// <summary>An option in force, and where its value comes from.</summary>
sealed record SettingRecord
{
    /// <summary>Typed.</summary>
    public const string CommandLine = "command line";

    /// <summary>From <c>model.json</c>.</summary>
    public const string Bundle = "bundle";

    /// <summary>Neither typed nor in <c>model.json</c>.</summary>
    public const string BuiltIn = "built in";

    [Description("The option's name on the command line, without the dashes.")]
    public required string Name { get; init; }

    [Description("Its value, as it would be typed.")]
    public required string Value { get; init; }

    [Description("Where the value comes from: command line, bundle, or built in.")]
    public required string From { get; init; }

    /// <summary>On one line, for a person.</summary>
    public string ToText() => $"{Name} {Value} ({From})";
}
