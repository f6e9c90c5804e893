using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cfgen.Inference.Bundles;

/// <summary>One number for all channels, or a list with one for each: <c>0.5</c> says the same as <c>[0.5]</c>.</summary>
sealed class NumbersConverter : JsonConverter<IReadOnlyList<float>>
{
    /// <inheritdoc/>
    public override IReadOnlyList<float> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.Number) return [reader.GetSingle()];
        if (reader.TokenType is not JsonTokenType.StartArray) throw new JsonException();
        List<float> numbers = [];
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            numbers.Add(reader.TokenType is JsonTokenType.Number ? reader.GetSingle() : throw new JsonException());
        return numbers;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<float> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (float number in value) writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }
}
