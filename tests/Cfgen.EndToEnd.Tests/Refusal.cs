using System.Text.Json;

namespace Cfgen.EndToEnd.Tests;

/// <summary>A fatal error as <c>--json</c> tells it.</summary>
sealed record Refusal(string Code, int Exit, string What, string? Where, string? Found, string? Expected, string? Fix)
{
    static readonly JsonSerializerOptions s_options =
        new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    /// <summary>The one JSON object, on one line, that stderr has to hold.</summary>
    public static Refusal Parse(string error)
    {
        Assert.Equal(1, error.Count(c => c == '\n'));
        return JsonSerializer.Deserialize<Refusal>(error, s_options)!;
    }
}
