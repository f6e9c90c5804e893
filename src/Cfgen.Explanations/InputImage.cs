using Cfgen.Imaging;
using Cfgen.Inference.Bundles;

namespace Cfgen.Explanations;

/// <summary>The image to explain, as the generator would have made it.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Sha256">Of the file, lower case.</param>
/// <param name="Pixels">Fitted to the generator's size.</param>
/// <param name="Tensor">The same as numbers [C, H, W] in the generator's value range.</param>
public sealed record InputImage(string Path, string Sha256, PixelImage Pixels, ReadOnlyMemory<float> Tensor)
{
    /// <summary>The file.</summary>
    public BundleFile File => new("image", Path, Sha256);

    /// <summary>Loads and fits.</summary>
    /// <exception cref="InputException">No such image, or none that can be read or fitted.</exception>
    public static InputImage Load(string path, ImageSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        Canvas canvas = new(spec.Width, spec.Height, spec.Channels)
        {
            ContentWidth = spec.Content?.Width ?? spec.Width,
            ContentHeight = spec.Content?.Height ?? spec.Height,
            Background = (byte)spec.Background,
            Fit = spec.Fit switch
            {
                ImageFitting.Pad => ImageFit.Pad,
                ImageFitting.Crop => ImageFit.Crop,
                ImageFitting.Resize => ImageFit.Resize,
                _ => ImageFit.Refuse,
            },
        };
        PixelImage pixels = CanvasFitter.Fit(ImageLoader.Load(path, spec.Channels), canvas, path);
        string sha256 = BundleFile.Open("picture", path, expectedSha256: null).Sha256;
        return new(path, sha256, pixels, SavedImage.Read(pixels, spec));
    }
}
