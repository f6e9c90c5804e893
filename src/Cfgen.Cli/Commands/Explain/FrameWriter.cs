using System.Globalization;
using Cfgen.Cli.Output.Files;
using Cfgen.Cli.Output.Json;
using Cfgen.Counterfactuals;
using Cfgen.Explanations;
using Cfgen.Imaging;

namespace Cfgen.Cli.Commands.Explain;

/// <summary>
/// Writes each step's frame as it comes, and keeps what the pictures of the whole path need: every frame of a short path, fewer of one that
/// would not fit into memory.
/// </summary>
/// <param name="place">Where the result goes.</param>
/// <param name="direction">Towards the target or away from it.</param>
sealed class FrameWriter(ResultPlace place, SearchDirection direction) : IExplanationObserver
{
    /// <summary>Frames kept take at most this much memory; beyond it every other one is let go.</summary>
    const long FrameMemory = 64 << 20;

    readonly List<(int Step, PixelImage Image)> _frames = [];
    int _stride = 1;

    /// <summary>What generated images say about themselves; known once the target is.</summary>
    public ImageMark Mark { get; private set; } = null!;

    /// <summary>Kept frames of steps in order, and the last one's own image.</summary>
    /// <param name="way">The steps.</param>
    /// <param name="image">Of the last of them.</param>
    public IReadOnlyList<(int Step, PixelImage Image)> Along(IReadOnlyList<int> way, PixelImage image)
    {
        HashSet<int> before = [.. way.SkipLast(1)];
        return [.. _frames.Where(f => before.Contains(f.Step)), (way[^1], image)];
    }

    public void Target(NamedClass target)
    {
        place.Open(target);
        string way = DefaultNames.Way(direction);
        Mark = new(
            ImageOrigin.TrainedAlgorithmicMedia, $"{ToolVersion.Name} {ToolVersion.Number}",
            $"Synthetic: made by a generator to show what would change an image classifier's decision ({way} {target.Name}).");
    }

    public void SearchStep(SearchStep searchStep, PixelImage? image)
    {
        if (image is null) return;
        string name = string.Create(CultureInfo.InvariantCulture, $"frames/{searchStep.Index:0000}.png");
        PngFile.Write(image, place.Folder.PathOf(name), Mark);
        Keep(searchStep.Index, image);
    }

    void Keep(int step, PixelImage image)
    {
        if (step % _stride != 0) return;
        _frames.Add((step, image));
        if (_frames.Count * (long)image.Pixels.Length <= FrameMemory) return;
        _stride *= 2;
        _frames.RemoveAll(f => f.Step % _stride != 0);
    }
}
