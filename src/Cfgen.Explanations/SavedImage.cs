using Cfgen.Imaging;
using Cfgen.Inference.Bundles;

namespace Cfgen.Explanations;

/// <summary>
/// What a generator's image becomes when it is saved, with 8 bits a sample: what people are handed, and so what is classified.
/// </summary>
public static class SavedImage
{
    /// <summary>The image that is written.</summary>
    /// <param name="image">[C, H, W] in the generator's value range, none of it not a number.</param>
    /// <param name="spec">The generator's images.</param>
    public static PixelImage Of(ReadOnlySpan<float> image, ImageSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return ImageTensor.FromPlanar(image, spec.Channels, spec.Height, spec.Width, spec.Range[0], spec.Range[1]);
    }

    /// <summary>A written image as a network reads it again: [C, H, W] in the generator's value range.</summary>
    /// <param name="image">The image.</param>
    /// <param name="spec">The generator's images.</param>
    public static float[] Read(PixelImage image, ImageSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return ImageTensor.ToPlanar(image, spec.Range[0], spec.Range[1]);
    }
}
