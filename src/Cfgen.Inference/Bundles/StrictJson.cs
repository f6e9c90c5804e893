using System.Text.Json;
using System.Text.Unicode;

namespace Cfgen.Inference.Bundles;

/// <summary>
/// Reads JSON whose texts are texts: the library itself finds out about bytes and escapes that are no characters only where one is used,
/// and fails there.
/// </summary>
static class StrictJson
{
    static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Parses a whole document.</summary>
    /// <param name="json">UTF-8, with or without byte order mark.</param>
    /// <exception cref="JsonException">It is no JSON, or holds a text that is none; the message is one for users, line and byte in it are
    /// told.</exception>
    public static JsonDocument Parse(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith(ByteOrderMark)) json = json[ByteOrderMark.Length..];
        if (json.Trim(" \t\r\n"u8).IsEmpty) throw new JsonException("the text is empty", null, 0, 0);
        if (!Utf8.IsValid(json)) throw At(json, ValidLength(json), "bytes that are no UTF-8");
        CheckTexts(json);
        return JsonDocument.Parse(json.ToArray());
    }

    /// <summary>What is wrong, without the words that are meant for programmers.</summary>
    public static string Reason(JsonException e) => e.Message switch
    {
        var m when m.Contains("Expected depth to be zero", StringComparison.Ordinal) => "the text ends before its last bracket is closed",
        var m when m.Contains("isFinalBlock", StringComparison.Ordinal) => "the text ends too early",
        var m when m.IndexOf(" LineNumber: ", StringComparison.Ordinal) is > 0 and var end => m[..end],
        var m => m,
    };

    static void CheckTexts(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped) continue;
            try
            {
                reader.GetString();
            }
            catch (InvalidOperationException)
            {
                throw At(json, (int)reader.TokenStartIndex, "an escape that is half of a character");
            }
        }
    }

    static JsonException At(ReadOnlySpan<byte> json, int offset, string message)
    {
        ReadOnlySpan<byte> before = json[..offset];
        return new(message, null, before.Count((byte)'\n'), offset - before.LastIndexOf((byte)'\n') - 1);
    }

    /// <summary>How many of the bytes are whole characters.</summary>
    static int ValidLength(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (System.Text.Rune.DecodeFromUtf8(text[at..], out _, out int length) == System.Buffers.OperationStatus.Done) at += length;
        return at;
    }
}
