using System.Reflection;

namespace Cfgen.Cli.Output.Json;

/// <summary>Name and version of this program, as they stand in everything it writes.</summary>
static class ToolVersion
{
    /// <summary>The name of the program.</summary>
    public const string Name = "cfgen";

    /// <summary>The version, such as <c>0.1.0</c>.</summary>
    public static string Number { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
