using System.Globalization;
using Cfgen.Cli.Output.Files;
using Cfgen.Explanations;
using Cfgen.Imaging;

namespace Cfgen.Cli.Commands.Explain;

/// <summary>Writes the pictures of a finished search.</summary>
static class ResultImages
{
    /// <summary>Steps between start and end that the film strip shows.</summary>
    const int StripFrames = 4;

    /// <summary>Most characters of a name below a picture.</summary>
    const int LongestName = 60;

    /// <summary>Frames of the animation; a longer path is thinned out evenly.</summary>
    const int AnimationFrames = 100;

    /// <summary>Writes them: stills as they are, pixel by pixel, and what is only looked at enlarged where it is small.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="e">What was found.</param>
    /// <param name="frames">Images of the path.</param>
    public static void Write(OutputFolder folder, Explanation e, FrameWriter frames)
    {
        ImageMark synthetic = frames.Mark;
        ImageMark composite = synthetic with { Origin = ImageOrigin.CompositeWithTrainedAlgorithmicMedia };
        ImageMark photograph = new(ImageOrigin.Photograph, synthetic.Software, "The image as the networks see it.");
        IReadOnlyList<(int Step, PixelImage Image)> path = frames.Along(e.Path.Way, e.BestImage);
        PngFile.Write(e.Image.Pixels, folder.PathOf("original.png"), photograph);
        PngFile.Write(e.StartImage, folder.PathOf("reconstruction.png"), synthetic);
        PngFile.Write(e.BestImage, folder.PathOf("counterfactual.png"), synthetic);
        PngFile.Write(Difference.Enlarged(e.Image.Pixels, e.BestImage), folder.PathOf("difference.png"), composite);
        PngFile.Write(Difference.Enlarged(e.StartImage, e.BestImage), folder.PathOf("change.png"), synthetic);
        PngFile.Write(FilmStrip.Compose(Panels(e, path)), folder.PathOf("filmstrip.png"), composite);
        AnimatedWebp.Write([.. Evenly(path, AnimationFrames).Select(f => f.Image)], folder.PathOf("path.webp"), synthetic);
    }

    static List<(PixelImage Image, string Caption)> Panels(Explanation e, IReadOnlyList<(int Step, PixelImage Image)> path)
    {
        List<(PixelImage, string)> panels =
        [
            (e.Image.Pixels, $"original\n{Word(e.Original)}"),
            (e.StartImage, Caption("reconstruction", e.Reconstructed, e.Target)),
        ];
        IEnumerable<(int Step, PixelImage Image)> between = path.Where(f => f.Step > 0 && f.Step < e.Best.Index);
        foreach ((int step, PixelImage image) in Evenly([.. between], StripFrames))
            panels.Add((image, Text($"step {step}\n{Probability(e.Target, e.Path.Rows[step].Probability)}")));
        panels.Add((e.BestImage, Caption("counterfactual", e.Counterfactual, e.Target)));
        panels.Add((Difference.Between(e.StartImage, e.BestImage), "change since the\nreconstruction"));
        return panels;
    }

    /// <summary>What the classifier takes the picture for and, where that is not the target, the target's probability.</summary>
    static string Caption(string name, Decision decision, NamedClass target) =>
        $"{name}\n{Word(decision)}"
        + (decision.Class == target ? "" : $"\n{Probability(target, decision.TargetProbability!.Value)}");

    static string Word(Decision decision) => Text($"{Shown(decision.Class)} {decision.Probability:0.000}");

    static string Probability(NamedClass target, double probability) => Text($"p({Shown(target)}) {probability:0.000}");

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    static string Shown(NamedClass named) => ShownText.Of(named.Name, LongestName);

    /// <summary>At most <paramref name="most"/> of the items, evenly spaced, the first and the last among them.</summary>
    static IEnumerable<T> Evenly<T>(IReadOnlyList<T> items, int most) => items.Count <= most ? items
        : Enumerable.Range(0, most).Select(i => items[(int)((long)i * (items.Count - 1) / (most - 1))]);
}
