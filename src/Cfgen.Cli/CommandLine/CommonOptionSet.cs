using System.CommandLine;

namespace Cfgen.Cli.CommandLine;

/// <summary>Defines the options that every command has.</summary>
sealed class CommonOptionSet
{
    /// <summary><c>--json</c>.</summary>
    public Option<bool> Json { get; } = Flag("--json", "Print the result, or the error, as JSON for a program to read.");

    /// <summary><c>--quiet</c>.</summary>
    public Option<bool> Quiet { get; } = Flag("--quiet", "Print nothing but errors.", "-q");

    /// <summary><c>--verbose</c>.</summary>
    public Option<bool> Verbose { get; } = Flag("--verbose", "Tell in detail what is done.", "-v");

    /// <summary>Adds the options to the root, from where every command has them.</summary>
    public void AddTo(RootCommand root)
    {
        foreach (Option option in new Option[] { Json, Quiet, Verbose })
        {
            option.Recursive = true;
            root.Options.Add(option);
        }
    }

    /// <summary>What was typed.</summary>
    public CommonOptions Bind(ParseResult result) => new(result.GetValue(Json), result.GetValue(Quiet), result.GetValue(Verbose));

    // Without a value of its own a flag never takes the next word of the line for one.
    static Option<bool> Flag(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, Arity = ArgumentArity.Zero };
}
