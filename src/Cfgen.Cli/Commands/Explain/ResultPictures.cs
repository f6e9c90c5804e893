using System.Globalization;
using Cfgen.Cli.Output.Files;
using Cfgen.Cli.Output.Json;
using Cfgen.Cli.Results;
using Cfgen.Imaging;

namespace Cfgen.Cli.Commands.Explain;

/// <summary>Writes the pictures of a finished search.</summary>
static class ResultPictures
{
    /// <summary>Steps between start and end that the film strip shows.</summary>
    const int StripFrames = 4;

    /// <summary>Most characters of a name below a picture.</summary>
    const int LongestName = 60;

    /// <summary>Frames of the animation; a longer path is thinned out evenly.</summary>
    const int AnimationFrames = 100;

    /// <summary>Writes them: stills as they are, pixel by pixel, and what is only looked at enlarged where it is small.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="original">The image.</param>
    /// <param name="path">The steps.</param>
    /// <param name="decisions">What the classifier says about image, reconstruction and counterfactual.</param>
    /// <param name="target">The class whose probability the search moved.</param>
    /// <param name="synthetic">What generated pictures say about themselves.</param>
    public static void Write(
        OutputFolder folder, PixelImage original, PathRecorder path, Decisions decisions, ClassRecord target, ImageMark synthetic)
    {
        ImageMark composite = synthetic with { Origin = ImageOrigin.CompositeWithTrainedAlgorithmicMedia };
        ImageMark photograph = new(ImageOrigin.Photograph, synthetic.Software, "The image as the networks see it.");
        PngFile.Write(original, folder.PathOf("original.png"), photograph);
        PngFile.Write(path.StartImage, folder.PathOf("reconstruction.png"), synthetic);
        PngFile.Write(path.BestImage, folder.PathOf("counterfactual.png"), synthetic);
        PngFile.Write(Difference.Enlarged(original, path.BestImage), folder.PathOf("difference.png"), composite);
        PngFile.Write(Difference.Enlarged(path.StartImage, path.BestImage), folder.PathOf("change.png"), synthetic);
        PngFile.Write(FilmStrip.Compose(Panels(original, path, decisions, target)), folder.PathOf("filmstrip.png"), composite);
        AnimatedWebp.Write([.. Evenly(path.Frames, AnimationFrames).Select(f => f.Image)], folder.PathOf("path.webp"), synthetic);
    }

    static List<(PixelImage Image, string Caption)> Panels(PixelImage original, PathRecorder path, Decisions decisions, ClassRecord target)
    {
        List<(PixelImage, string)> panels =
        [
            (original, $"original\n{Word(decisions.Original)}"),
            (path.StartImage, Caption("reconstruction", decisions.Reconstructed, target)),
        ];
        IEnumerable<(int Step, PixelImage Image)> between = path.Frames.Where(f => f.Step > 0 && f.Step < path.Best.Index);
        foreach ((int step, PixelImage image) in Evenly([.. between], StripFrames))
            panels.Add((image, Text($"step {step}\n{Probability(target, path.Rows[step].Probability)}")));
        panels.Add((path.BestImage, Caption("counterfactual", decisions.Counterfactual, target)));
        panels.Add((Difference.Between(path.StartImage, path.BestImage), "change since the\nreconstruction"));
        return panels;
    }

    /// <summary>What the classifier takes the picture for and, where that is not the target, the target's probability.</summary>
    static string Caption(string name, DecisionRecord decision, ClassRecord target) =>
        $"{name}\n{Word(decision)}" + (decision.Class == target ? "" : $"\n{Probability(target, decision.TargetProbability)}");

    static string Word(DecisionRecord decision) => Text($"{Shown(decision.Class)} {decision.Probability:0.000}");

    static string Probability(ClassRecord target, double probability) => Text($"p({Shown(target)}) {probability:0.000}");

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    static string Shown(ClassRecord named) => ShownText.Of(named.Name, LongestName);

    /// <summary>At most <paramref name="most"/> of the items, evenly spaced, the first and the last among them.</summary>
    static IEnumerable<T> Evenly<T>(IReadOnlyList<T> items, int most) => items.Count <= most ? items
        : Enumerable.Range(0, most).Select(i => items[(int)((long)i * (items.Count - 1) / (most - 1))]);
}
