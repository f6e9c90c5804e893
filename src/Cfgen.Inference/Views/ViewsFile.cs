using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cfgen.Inference.Bundles;

namespace Cfgen.Inference.Views;

/// <summary>Reads views from a JSON file: a list of objects as <c>search.views</c> in <c>model.json</c> has them.</summary>
public static class ViewsFile
{
    static readonly FileKind s_kind = new("views", "the file of views", FileKind.MaxTextBytes);

    /// <summary>Reads them.</summary>
    /// <exception cref="InputException">Not JSON, no list, too many, an unknown key, or a value out of range.</exception>
    public static ViewSet Read(string path)
    {
        IReadOnlyList<View> views;
        try
        {
            byte[] json = InputFile.ReadAll(path, s_kind);
            using JsonDocument document = StrictJson.Parse(json);
            views = document.Deserialize(ViewsJson.Default.IReadOnlyListView) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw Wrong(path, StrictJson.Reason(e), """a list like [{ "name": "turned", "rotation": 12 }]""", e);
        }
        if (views.Count > ViewSet.MostOthers) throw Wrong(path, Text($"{views.Count} views"), Text($"at most {ViewSet.MostOthers}"));
        for (int i = 0; i < views.Count; i++)
        {
            if (views[i] is null) throw Wrong(path, $"null in place of view {Text($"{i + 1}")}", "an object");
            if (views[i].Defect is { } defect)
                throw Wrong(path, $"{defect.Found} at '{defect.Key}' of view {Text($"{i + 1}")}", defect.Expected);
        }
        return ViewSet.Of(views);
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    static InputException Wrong(string path, string found, string expected, Exception? inner = null) =>
        new(new("views-wrong", "the file holds no views")
        {
            Where = path,
            Found = found,
            Expected = expected,
            Fix = "correct the file; docs/search.md has an example",
        }, inner);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(IReadOnlyList<View>))]
sealed partial class ViewsJson : JsonSerializerContext;
