using Cfgen.Imaging;
using Cfgen.Inference.Bundles;

namespace Cfgen.Benchmarks;

/// <summary>The bundle and the sample digits, found from the repository's root, where the measurements are started.</summary>
static class Samples
{
    public static Bundle Bundle(ModelOverrides? overrides = null) =>
        Inference.Bundles.Bundle.Open(Path.Combine("models", "digits"), overrides ?? new());

    /// <summary>Every picture of a folder as the generator takes it, [C, H, W].</summary>
    public static IEnumerable<(string Name, float[] Image)> Load(string folder, ImageSpec spec)
    {
        Canvas canvas = new(spec.Width, spec.Height, spec.Channels)
        {
            ContentWidth = spec.Content!.Width,
            ContentHeight = spec.Content.Height,
            Fit = ImageFit.Pad,
        };
        foreach (string path in Directory.EnumerateFiles(folder, "*.png").Where(p => !p.Contains("filmstrip", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal))
            yield return (Path.GetFileNameWithoutExtension(path), ImageTensor.ToPlanar(
                CanvasFitter.Fit(ImageLoader.Load(path, spec.Channels), canvas), spec.Range[0], spec.Range[1]));
    }
}
