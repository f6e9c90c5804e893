using System.Globalization;
using Cfgen.Cli.Output;
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

    public static void Write(OutputFolder folder, PixelImage original, PathRecorder path, ImageMark synthetic)
    {
        ImageMark composite = synthetic with { Origin = ImageOrigin.CompositeWithTrainedAlgorithmicMedia };
        ImageMark photograph = new(ImageOrigin.Photograph, synthetic.Software, "The image as the networks see it.");
        PngFile.Write(original, folder.PathOf("original.png"), photograph);
        PngFile.Write(path.StartImage, folder.PathOf("reconstruction.png"), synthetic);
        PngFile.Write(path.BestImage, folder.PathOf("counterfactual.png"), synthetic);
        PngFile.Write(Difference.Between(original, path.BestImage), folder.PathOf("difference.png"), composite);
        PngFile.Write(FilmStrip.Compose(Panels(original, path)), folder.PathOf("filmstrip.png"), composite);
        AnimatedWebp.Write([.. Evenly(path.Frames, AnimationFrames).Select(f => f.Image)], folder.PathOf("path.webp"), synthetic);
    }

    static List<(PixelImage Image, string Caption)> Panels(PixelImage original, PathRecorder path)
    {
        List<(PixelImage, string)> panels = [(original, "original"), (path.StartImage, Caption("reconstruction", path.Start.Evaluation.Probability))];
        IEnumerable<(int Step, PixelImage Image)> between = path.Frames.Where(f => f.Step > 0 && f.Step < path.Best.Index);
        foreach ((int step, PixelImage image) in Evenly([.. between], StripFrames)) panels.Add((image, Caption(string.Create(CultureInfo.InvariantCulture, $"step {step}"), path.Rows[step].Probability)));
        panels.Add((path.BestImage, Caption("counterfactual", path.Best.Evaluation.Probability)));
        panels.Add((Difference.Between(path.StartImage, path.BestImage), "what changed"));
        return panels;
    }

    static string Caption(string name, double probability) =>
        string.Create(CultureInfo.InvariantCulture, $"{ShownText.Of(name, LongestName)}\np {probability:0.000}");

    /// <summary>At most <paramref name="most"/> of the items, evenly spaced, the first and the last among them.</summary>
    static IEnumerable<T> Evenly<T>(IReadOnlyList<T> items, int most) => items.Count <= most ? items
        : Enumerable.Range(0, most).Select(i => items[(int)((long)i * (items.Count - 1) / (most - 1))]);
}
