using System.Text.Json;
using Cfgen.Inference.Bundles;

namespace Cfgen.Inference.Processors;

/// <summary>
/// Reads how a classifier wants its pictures from the file that its library ships with it: a Hugging Face image
/// processor (<c>preprocessor_config.json</c>), timm (<c>config.json</c>) or open_clip (<c>open_clip_config.json</c>).
/// </summary>
public static class ProcessorFile
{
    static readonly FileKind s_kind = new("preprocessing", "the preprocessing file", FileKind.MaxTextBytes);

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="image">The picture that the generator makes.</param>
    /// <param name="networkSize">
    /// Height and width that the classifier's own input declares; asked for only where the file does not say.
    /// </param>
    /// <exception cref="InputException">Not JSON, of no known library, or with a key that cannot be followed; the key is named.</exception>
    public static PreprocessingSpec Read(string path, ImageSpec image, Func<(int Height, int Width)?> networkSize)
    {
        ArgumentNullException.ThrowIfNull(networkSize);
        using JsonDocument document = Parse(path);
        JsonElement root = document.RootElement;
        if (root.ValueKind is not JsonValueKind.Object) throw Unknown(path);
        if (root.TryGetProperty("preprocess_cfg", out JsonElement openClip))
            return OpenClipProcessor.Read(new(openClip, path, "preprocess_cfg."), image, networkSize);
        if (root.TryGetProperty("pretrained_cfg", out JsonElement timm))
            return TimmProcessor.Read(new(timm, path, "pretrained_cfg."), image);
        if (root.TryGetProperty("input_size", out _)) return TimmProcessor.Read(new(root, path, ""), image);
        if (HuggingFaceProcessor.Recognises(root)) return HuggingFaceProcessor.Read(new(root, path, ""), image);
        throw Unknown(path);
    }

    static JsonDocument Parse(string path)
    {
        try
        {
            return StrictJson.Parse(InputFile.ReadAll(path, s_kind));
        }
        catch (JsonException e)
        {
            throw new InputException(new("preprocessing-not-json", "the preprocessing file is not valid JSON")
            {
                Where = $"{path}, line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}",
                Found = StrictJson.Reason(e),
                Fix = "correct the text at that place",
            }, e);
        }
    }

    static InputException Unknown(string path) =>
        new(new("preprocessing-unknown", "the preprocessing file is of no library that cfgen knows")
        {
            Where = path,
            Expected = "preprocessor_config.json of Hugging Face, config.json of timm, or open_clip_config.json",
            Fix = "write the steps into 'classifier.preprocessing' of model.json instead",
        });
}
