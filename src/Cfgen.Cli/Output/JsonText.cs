using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Cfgen.Cli.Output;

/// <summary>JSON as cfgen writes it.</summary>
static class JsonText
{
    /// <summary>Indented, for files and for people; ends with a line feed.</summary>
    public static string Indented<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type) + "\n";

    /// <summary>On one line, without a line feed.</summary>
    public static string OneLine<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);

    /// <summary>Writes an indented file, UTF-8 without a byte order mark.</summary>
    public static void Write<T>(string path, T value, JsonTypeInfo<T> type) => File.WriteAllText(path, Indented(value, type));
}
