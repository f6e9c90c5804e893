using Cfgen.Descriptors;
using Cfgen.Imaging;
using Cfgen.Inference.Bundles;

namespace Cfgen.Explanations;

/// <summary>Measures what people can name on the images that are handed over, and says how far it moved.</summary>
static class DescriptorChanges
{
    /// <summary>Changes in the order of the table of measurements.</summary>
    public static IReadOnlyList<LocalImportance> Between(PixelImage before, PixelImage after, DescriptorSpec? spec)
    {
        spec ??= new();
        MeasurementOptions options = new()
        {
            Foreground = spec.Foreground is ForegroundTone.Dark ? Foreground.Dark : Foreground.Bright,
            Threshold = spec.Threshold,
        };
        return LocalImportances.Compare(Measure(before, options), Measure(after, options), spec.StandardDeviations);
    }

    static IReadOnlyList<DescriptorValue> Measure(PixelImage image, MeasurementOptions options)
    {
        float[] values = ImageTensor.ToPlanar(image, 0, 1);
        return Measurements.Measure(GrayImage.FromPlanar(values, image.Channels, image.Height, image.Width, 0, 1), options);
    }
}
