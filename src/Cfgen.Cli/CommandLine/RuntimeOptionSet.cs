using System.CommandLine;
using static Cfgen.Cli.CommandLine.ValueOptions;

namespace Cfgen.Cli.CommandLine;

/// <summary>The options for how networks are run.</summary>
sealed class RuntimeOptionSet
{
    /// <summary><c>--no-cache</c>.</summary>
    public Option<bool> NoCache { get; } = new("--no-cache")
    {
        Description = "Build graphs afresh and keep none.",
        Arity = ArgumentArity.Zero,
    };

    /// <summary><c>--threads</c>.</summary>
    public Option<int?> Threads { get; } =
        Number("--threads", "N", "Threads for the networks. Default: 0, one for each core.", Numbers.Whole(0, 1024));

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [NoCache, Threads];

    /// <summary>What was typed.</summary>
    public RuntimeArguments Bind(ParseResult result) => new() { NoCache = result.GetValue(NoCache), Threads = result.GetValue(Threads) };
}
