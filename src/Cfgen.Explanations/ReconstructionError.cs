using Cfgen.Imaging;
using Cfgen.Inference.Bundles;

namespace Cfgen.Explanations;

/// <summary>How far what the generator makes of an image's code is from the image, on pixel values from 0 to 1.</summary>
/// <param name="Mse">Mean squared error.</param>
/// <param name="Psnr">Peak signal-to-noise ratio in decibels; null where the images are equal.</param>
/// <param name="L1">Mean absolute error.</param>
/// <param name="Ssim">Structural similarity of the images as saved, up to 1 for equal ones.</param>
public sealed record ReconstructionError(double Mse, double? Psnr, double L1, double Ssim)
{
    /// <summary>Compares an image with its reconstruction.</summary>
    /// <param name="image">The image.</param>
    /// <param name="reconstruction">[C, H, W] in the generator's value range, none of it not a number.</param>
    /// <param name="spec">The generator's images.</param>
    public static ReconstructionError Between(InputImage image, ReadOnlySpan<float> reconstruction, ImageSpec spec)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(spec);
        ReadOnlySpan<float> tensor = image.Tensor.Span;
        (double low, double span) = (spec.Range[0], (double)spec.Range[1] - spec.Range[0]);
        double squares = 0, absolutes = 0;
        for (int i = 0; i < tensor.Length; i++)
        {
            double difference = Math.Clamp((reconstruction[i] - low) / span, 0, 1) - (tensor[i] - low) / span;
            squares += difference * difference;
            absolutes += Math.Abs(difference);
        }
        double mse = squares / tensor.Length;
        double ssim = StructuralSimilarity.Between(image.Pixels, SavedImage.Of(reconstruction, spec));
        return new(mse, mse > 0 ? -10 * Math.Log10(mse) : null, absolutes / tensor.Length, ssim);
    }
}
