using Cfgen.Cli.Results;
using Cfgen.Imaging;
using Cfgen.Inference.Bundles;

namespace Cfgen.Cli.Commands.Explain;

/// <summary>The image to explain, as the generator would have made it.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Sha256">Of the file.</param>
/// <param name="Pixels">Fitted to the generator's size.</param>
/// <param name="Tensor">The same as numbers [C, H, W] in the generator's value range.</param>
sealed record Picture(string Path, string Sha256, PixelImage Pixels, float[] Tensor)
{
    /// <summary>Name of the file without its ending.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Loads and fits.</summary>
    /// <exception cref="InputException">No such image, or none that can be read or fitted.</exception>
    public static Picture Load(string path, ImageSpec spec)
    {
        Canvas canvas = new(spec.Width, spec.Height, spec.Channels)
        {
            ContentWidth = spec.Content?.Width ?? spec.Width,
            ContentHeight = spec.Content?.Height ?? spec.Height,
            Background = (byte)spec.Background,
            Fit = spec.Fit switch { PictureFit.Pad => ImageFit.Pad, PictureFit.Crop => ImageFit.Crop, PictureFit.Resize => ImageFit.Resize, _ => ImageFit.Refuse },
        };
        PixelImage pixels = CanvasFitter.Fit(ImageLoader.Load(path, spec.Channels), canvas, path);
        string sha256 = BundleFile.Open("picture", path, expectedSha256: null).Sha256;
        return new(path, sha256, pixels, SavedPicture.Read(pixels, spec));
    }

    /// <summary>How far what the generator makes is from the picture, on pixel values from 0 to 1.</summary>
    /// <param name="reconstruction">[C, H, W] in the generator's value range, none of it not a number.</param>
    /// <param name="spec">The generator's pictures.</param>
    /// <param name="decisionKept">Whether the classifier gives both the same class; null without classifier.</param>
    public ReconstructionRecord CompareWith(ReadOnlySpan<float> reconstruction, ImageSpec spec, bool? decisionKept)
    {
        (double low, double span) = (spec.Range[0], (double)spec.Range[1] - spec.Range[0]);
        double squares = 0, absolutes = 0;
        for (int i = 0; i < Tensor.Length; i++)
        {
            double difference = Math.Clamp((reconstruction[i] - low) / span, 0, 1) - (Tensor[i] - low) / span;
            squares += difference * difference;
            absolutes += Math.Abs(difference);
        }
        double mse = squares / Tensor.Length;
        PixelImage saved = SavedPicture.Of(reconstruction, spec);
        return new() { Mse = mse, Psnr = mse > 0 ? -10 * Math.Log10(mse) : null, L1 = absolutes / Tensor.Length, Ssim = StructuralSimilarity.Between(Pixels, saved), DecisionKept = decisionKept };
    }
}
