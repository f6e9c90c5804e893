using System.Globalization;
using Cfgen.Cli.Output.Files;
using Cfgen.Cli.Results;
using Cfgen.Counterfactuals;
using Cfgen.Imaging;
using Cfgen.Inference.Bundles;

namespace Cfgen.Cli.Commands.Explain;

/// <summary>Writes each step's frame as it comes, and keeps what the pictures of the whole path need: every frame of a short path, fewer of one that would not fit into memory.</summary>
sealed class PathRecorder(OutputFolder folder, ImageSpec spec, ImageMark mark)
{
    /// <summary>Frames kept take at most this much memory; beyond it every other one is let go.</summary>
    const long FrameMemory = 64 << 20;

    readonly List<TrajectoryRow> _rows = [];
    readonly List<(int Step, PixelImage Image)> _frames = [];
    int _stride = 1;
    SearchStep? _best;

    /// <summary>One row a step.</summary>
    public IReadOnlyList<TrajectoryRow> Rows => _rows;

    /// <summary>Kept frames in order, the first and the best step's among them.</summary>
    public IReadOnlyList<(int Step, PixelImage Image)> Frames => [.. _frames.Where(f => f.Step < Best.Index), (Best.Index, BestImage)];

    /// <summary>Where the search started.</summary>
    public SearchStep Start { get; private set; } = null!;

    /// <summary>The last step taken.</summary>
    public SearchStep Last { get; private set; } = null!;

    /// <summary>Whether there is any step whose numbers are finite.</summary>
    public bool HasBest => _best is not null;

    /// <summary>The counterfactual: the step that reached the target or, where none did, the one that came closest to it.</summary>
    public SearchStep Best => _best!;

    /// <summary>The counterfactual's picture, 8 bits.</summary>
    public PixelImage BestImage { get; private set; } = null!;

    /// <summary>The reconstruction's picture, 8 bits.</summary>
    public PixelImage StartImage { get; private set; } = null!;

    /// <summary>Takes in a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="direction">Which way p(target) should go.</param>
    /// <param name="knowsMean">Whether the Mahalanobis length means anything.</param>
    public void Add(SearchStep step, SearchDirection direction, bool knowsMean)
    {
        Last = step;
        if (step.Outcome is SearchOutcome.Cancelled) return; // the step before, once more
        _rows.Add(new(step.Index, step.Evaluation.Score, step.Evaluation.Probability, step.Distance, knowsMean ? step.MahalanobisLength : null, step.GradientNorm));
        if (!IsPicture(step.Evaluation.Image.Span)) return;

        PixelImage image = SavedPicture.Of(step.Evaluation.Image.Span, spec);
        PngFile.Write(image, folder.PathOf(string.Create(CultureInfo.InvariantCulture, $"frames/{step.Index:0000}.png")), mark);
        Keep(step.Index, image);
        if (step.Index == 0) (Start, StartImage) = (step, image);
        if (!double.IsFinite(step.Evaluation.Probability) || !double.IsFinite(step.Distance)) return;
        if (_best is null || step.Outcome is SearchOutcome.Reached || Wanted(step, direction) > Wanted(_best, direction))
            (_best, BestImage) = (step, image);
    }

    void Keep(int index, PixelImage image)
    {
        if (index % _stride != 0) return;
        _frames.Add((index, image));
        if (_frames.Count * (long)image.Pixels.Length <= FrameMemory) return;
        _stride *= 2;
        _frames.RemoveAll(f => f.Step % _stride != 0);
    }

    /// <summary>How far a step is on its way: the probability, as saved where that was asked for and says less.</summary>
    static double Wanted(SearchStep step, SearchDirection direction)
    {
        (double own, double saved) = (step.Evaluation.Probability, step.Verdict?.Probability ?? step.Evaluation.Probability);
        return direction is SearchDirection.Increase ? Math.Min(own, saved) : -Math.Max(own, saved);
    }

    static bool IsPicture(ReadOnlySpan<float> image)
    {
        foreach (float value in image) if (float.IsNaN(value)) return false;
        return true;
    }
}
