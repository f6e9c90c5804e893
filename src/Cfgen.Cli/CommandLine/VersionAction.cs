using System.CommandLine;
using System.CommandLine.Invocation;
using Cfgen.Cli.Output.Json;

namespace Cfgen.Cli.CommandLine;

/// <summary>Prints name and version.</summary>
sealed class VersionAction : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine($"{ToolVersion.Name} {ToolVersion.Number}");
        return (int)ExitCode.Done;
    }
}
