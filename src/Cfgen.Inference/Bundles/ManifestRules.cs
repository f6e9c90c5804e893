using System.Globalization;
using Cfgen.Inference.Views;

namespace Cfgen.Inference.Bundles;

/// <summary>What the types of <see cref="ModelManifest"/> cannot say: ranges, and keys that must agree with each other.</summary>
sealed class ManifestRules
{
    readonly string _path;

    ManifestRules(string path) => _path = path;

    /// <exception cref="InputException">A value is out of its range.</exception>
    public static void Check(ModelManifest m, string path)
    {
        ManifestRules rules = new(path);
        rules.CheckImageAndClasses(m);
        if (m.Classifier?.Preprocessing is { } preprocessing) rules.CheckPreprocessing(preprocessing, m.Image);
        if (m.Search is { } search) rules.CheckSearch(search);
        if (m.Descriptors is { } descriptors) rules.CheckDescriptors(descriptors);
    }

    void CheckImageAndClasses(ModelManifest m)
    {
        Require(m.Schema is null or ModelManifest.SchemaId, "$schema", m.Schema, ModelManifest.SchemaId);
        Require(m.Image.Width is > 0 and <= 16384, "image.width", m.Image.Width, "1 to 16384");
        Require(m.Image.Height is > 0 and <= 16384, "image.height", m.Image.Height, "1 to 16384");
        Require(m.Image.Channels is 1 or 3, "image.channels", m.Image.Channels, "1 or 3");
        Require(IsRange(m.Image.Range), "image.range", m.Image.Range, "two numbers, the smaller first");
        Require(m.Image.Background is >= 0 and <= 255, "image.background", m.Image.Background, "0 to 255");
        Require(m.Image.Content is null || m.Image.Content.Width >= 1 && m.Image.Content.Width <= m.Image.Width
            && m.Image.Content.Height >= 1
            && m.Image.Content.Height <= m.Image.Height, "image.content", $"{m.Image.Content?.Width} x {m.Image.Content?.Height}",
            "a box inside the image");
        Require(m.Classes is null || m.Classes.Count >= 2 && m.Classes.Distinct().Count() == m.Classes.Count
            && !m.Classes.Any(string.IsNullOrEmpty), "classes", string.Join(", ", m.Classes ?? []), "two or more different names");
    }

    void CheckPreprocessing(PreprocessingSpec p, ImageSpec image)
    {
        int channels = p.Channels ?? image.Channels;
        const string at = "classifier.preprocessing.";
        Require(p.Channels is null or 1 or 3, at + "channels", p.Channels, "1 or 3");
        Require(p.Crop is null
            || IsInside(p.Crop, image.Width, image.Height), at + "crop",
            $"{p.Crop?.Width} x {p.Crop?.Height} from left {p.Crop?.Left}, top {p.Crop?.Top}", "a box inside the image");
        Require(p.Resize is null or { Width: >= 1 and <= 16384, Height: >= 1 and <= 16384 }, at + "resize",
            $"{p.Resize?.Width} x {p.Resize?.Height}", "sizes from 1 to 16384");
        (int width, int height) = (p.Resize?.Width ?? p.Crop?.Width ?? image.Width, p.Resize?.Height ?? p.Crop?.Height
            ?? image.Height);
        Require(p.Cut is null
            || IsInside(p.Cut, width, height), at + "cut",
            $"{p.Cut?.Width} x {p.Cut?.Height} from left {p.Cut?.Left}, top {p.Cut?.Top}", "a box inside the resized image");
        Require(IsRange(p.Range), at + "range", p.Range, "two numbers, the smaller first");
        Require(p.Mean is null || (p.Mean.Count == 1 || p.Mean.Count == channels)
            && p.Mean.All(float.IsFinite), at + "mean", p.Mean, $"1 or {channels} numbers");
        Require(p.Std is null || (p.Std.Count == 1 || p.Std.Count == channels)
            && p.Std.All(s => s > 0 && float.IsFinite(s)), at + "std", p.Std, $"1 or {channels} positive numbers");
    }

    void CheckSearch(SearchSpec s)
    {
        Require(s.Threshold is null or > 0 and < 1, "search.threshold", s.Threshold, "between 0 and 1");
        Require(s.MaxSteps is null or >= 1, "search.maxSteps", s.MaxSteps, "at least 1");
        Require(s.ApproachSteps is null or >= 0, "search.approachSteps", s.ApproachSteps, "at least 0");
        Require(s.LearningRate is null or > 0 and < double.PositiveInfinity, "search.learningRate", s.LearningRate,
            "a positive number");
        Require(s.PriorWeight is null or >= 0 and < double.PositiveInfinity, "search.priorWeight", s.PriorWeight,
            "0 or a positive number");
        IReadOnlyList<View> views = s.Views ?? [];
        Require(views.Count <= ViewSet.MostOthers, "search.views", views.Count, $"at most {ViewSet.MostOthers} views");
        for (int i = 0; i < views.Count; i++)
        {
            if (views[i].Defect is { } defect) Require(false, $"search.views[{i}].{defect.Key}", defect.Found, defect.Expected);
        }
    }

    void CheckDescriptors(DescriptorSpec d)
    {
        Require(d.Threshold is > 0 and < 1, "descriptors.threshold", d.Threshold, "between 0 and 1");
        foreach ((string name, double deviation) in d.StandardDeviations) Require(deviation is > 0 and < double.PositiveInfinity,
            $"descriptors.standardDeviations.{name}", deviation, "a positive number");
    }

    void Require(bool ok, string key, object? found, string expected)
    {
        if (ok) return;
        string text = found switch
        {
            IEnumerable<float> values => $"[{string.Join(", ", values.Select(v => v.ToString(CultureInfo.InvariantCulture)))}]",
            null => "nothing",
            _ => Convert.ToString(found, CultureInfo.InvariantCulture)!,
        };
        throw new InputException(new("manifest-value-out-of-range", $"{Path.GetFileName(_path)} has an impossible value at '{key}'")
        {
            Where = _path,
            Found = text,
            Expected = expected,
            Fix = "correct the value",
        });
    }

    static bool IsInside(PixelBox box, int width, int height) =>
        box is { Left: >= 0, Top: >= 0, Width: >= 1, Height: >= 1 } && box.Left <= width - box.Width && box.Top <= height - box.Height;

    static bool IsRange(IReadOnlyList<float> range) =>
        range is [float low, float high] && float.IsFinite(low) && float.IsFinite(high) && low < high;
}
