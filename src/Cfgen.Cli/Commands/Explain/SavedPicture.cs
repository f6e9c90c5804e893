using Cfgen.Imaging;
using Cfgen.Inference.Bundles;

namespace Cfgen.Cli.Commands.Explain;

/// <summary>
/// What a generator's image becomes when it is saved, with 8 bits a sample: what people are handed, and so what is judged.
/// </summary>
static class SavedPicture
{
    /// <summary>The picture that is written.</summary>
    /// <param name="image">[C, H, W] in the generator's value range, none of it not a number.</param>
    /// <param name="spec">The generator's pictures.</param>
    public static PixelImage Of(ReadOnlySpan<float> image, ImageSpec spec) =>
        ImageTensor.FromPlanar(image, spec.Channels, spec.Height, spec.Width, spec.Range[0], spec.Range[1]);

    /// <summary>A written picture as a network reads it again: [C, H, W] in the generator's value range.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="spec">The generator's pictures.</param>
    public static float[] Read(PixelImage picture, ImageSpec spec) => ImageTensor.ToPlanar(picture, spec.Range[0], spec.Range[1]);
}
