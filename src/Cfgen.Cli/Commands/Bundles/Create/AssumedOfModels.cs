using System.Globalization;
using Cfgen.Inference.Bundles;

namespace Cfgen.Cli.Commands.Bundles.Create;

/// <summary>What was taken for true of models because nobody said otherwise, in words, each with the option and the key that say
/// it.</summary>
static class AssumedOfModels
{
    /// <summary>One sentence for each.</summary>
    /// <param name="typed">What was said.</param>
    /// <param name="bundle">The bundle that was made.</param>
    /// <param name="kind">What the classifier's output holds; null without classifier.</param>
    public static IEnumerable<string> Of(BundleCreateArguments typed, Bundle bundle, ClassifierOutput? kind)
    {
        ModelManifest manifest = bundle.Manifest;
        if (typed.ImageRange is null)
            yield return Text($"the generator's pictures go from {manifest.Image.Range[0]} (black) to {manifest.Image.Range[1]} (white)")
                + "; else give --image-range LOW,HIGH, or change image.range in model.json";
        if (typed.Fit is null) yield return "a picture of another size is scaled and padded; else give --fit WAY, or change image.fit";
        if (kind is not { } holds || manifest.Classifier is not { } classifier) yield break;
        if (typed.Models.Preprocessing is null)
            yield return $"the classifier takes pictures {Describe(classifier.Preprocessing, manifest.Image)}"
                + "; else give --preprocessing FILE, or change classifier.preprocessing";
        yield return $"the classifier's output holds {Describe(holds)}; else say so in classifier.kind";
    }

    static string Describe(PreprocessingSpec p, ImageSpec image)
    {
        string size = p.Resize is { } resize
            ? Text($"resized to {resize.Width} x {resize.Height} pixels")
            : Text($"of {image.Width} x {image.Height} pixels");
        int channels = p.Channels ?? image.Channels;
        string colours = channels == 3 ? "in red, green and blue" : "in gray";
        return Text($"{size}, {colours}, with values from {p.Range[0]} to {p.Range[1]}, no mean subtracted and not divided by a deviation");
    }

    static string Describe(ClassifierOutput kind) => kind switch
    {
        ClassifierOutput.Probabilities => "probabilities that sum to 1",
        ClassifierOutput.Sigmoid => "the probability of the second of two classes",
        ClassifierOutput.Logit => "the logit of the second of two classes",
        ClassifierOutput.Labels => "the probability of each label, whatever the others are",
        _ => "logits, whose softmax is the probability of each class",
    };

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
