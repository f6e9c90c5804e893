using System.Text.Json.Nodes;

namespace Cfgen.EndToEnd.Tests;

/// <summary>What a run of the program came to.</summary>
/// <param name="Exit">Exit code.</param>
/// <param name="Out">All of stdout.</param>
/// <param name="Error">All of stderr.</param>
sealed record ProgramRun(int Exit, string Out, string Error)
{
    /// <summary>Stdout as the one JSON object that it has to be.</summary>
    public JsonObject Json => JsonNode.Parse(Out)!.AsObject();
}
