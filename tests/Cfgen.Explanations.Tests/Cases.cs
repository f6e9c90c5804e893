using Cfgen.Counterfactuals;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Codes;

namespace Cfgen.Explanations.Tests;

/// <summary>Explainers on fake networks, and images for them.</summary>
static class Cases
{
    public static ModelManifest Manifest { get; } = new()
    {
        Name = "fake",
        Image = new() { Width = 2, Height = 2, Channels = 1 },
        Generator = new() { Synthesis = new() { File = "generator.onnx" } },
        Classes = ["left", "right", "none"],
    };

    /// <summary>Class <c>left</c> with 0.9, then <c>right</c>.</summary>
    public static InputImage Left { get; } = Image(0.8f, 0.2f);

    /// <summary>An image whose code is the two values.</summary>
    public static InputImage Image(float first, float second)
    {
        Imaging.PixelImage pixels = SavedImage.Of([first, second, -1, -1], Manifest.Image);
        return new("/images/left.png", "00ff", pixels, SavedImage.Read(pixels, Manifest.Image));
    }

    /// <summary>Codes in their own unit; without an encoder a descent starts at 0 and at (1, -1).</summary>
    public static LatentStarts Starts { get; } = new(LatentDistribution.Identity(2), [[0, 0], [1, -1]]);

    public static Explainer Open(FakeNetworks networks, SearchOptions? search = null, int? refine = 0, TimeProvider? time = null) =>
        new(networks, Manifest, Starts, new() { Search = search ?? new() { MaxSteps = 100, PriorWeight = 0 }, RefineSteps = refine }, time);

    public static Explanation Explain(FakeNetworks networks, SearchOptions? search = null, string? target = null, Recorder? observer = null)
    {
        using Explainer explainer = Open(networks, search);
        return explainer.Explain(Left, new(target), observer, TestContext.Current.CancellationToken);
    }
}
