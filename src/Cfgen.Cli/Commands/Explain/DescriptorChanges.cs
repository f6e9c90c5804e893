using Cfgen.Cli.Output.Json;
using Cfgen.Cli.Results;
using Cfgen.Descriptors;
using Cfgen.Imaging;
using Cfgen.Inference.Bundles;

namespace Cfgen.Cli.Commands.Explain;

/// <summary>Measures what people can name on the pictures that are handed over, and says how far it moved.</summary>
static class DescriptorChanges
{
    /// <summary>Local importances in the order of the table of measurements.</summary>
    public static IReadOnlyList<LocalImportance> Between(PixelImage before, PixelImage after, DescriptorSpec? spec)
    {
        spec ??= new();
        MeasurementOptions options = new() { Foreground = spec.Foreground is ForegroundTone.Dark ? Foreground.Dark : Foreground.Bright, Threshold = spec.Threshold };
        return LocalImportances.Compare(Measure(before, options), Measure(after, options), spec.StandardDeviations);
    }

    /// <summary>As rows of <c>importances.csv</c>.</summary>
    public static IEnumerable<ImportanceRow> ToRows(IEnumerable<LocalImportance> importances) =>
        importances.Select(i => new ImportanceRow(i.Name, i.Unit, i.Before, i.After, i.Importance, i.Standardised));

    /// <summary>As the summary tells them, the largest change first.</summary>
    public static IReadOnlyList<ImportanceRecord> ToRecords(IReadOnlyList<LocalImportance> importances) =>
    [
        .. LocalImportances.Ranked(importances).Select(i => new ImportanceRecord
        {
            Descriptor = i.Name,
            Unit = i.Unit,
            Before = Finite.OrNull(i.Before),
            After = Finite.OrNull(i.After),
            Importance = Finite.OrNull(i.Importance),
            Standardised = i.Standardised is { } z ? Finite.OrNull(z) : null,
        }),
    ];

    static IReadOnlyList<DescriptorValue> Measure(PixelImage image, MeasurementOptions options) =>
        Measurements.Measure(GrayImage.FromPlanar(ImageTensor.ToPlanar(image, 0, 1), image.Channels, image.Height, image.Width, 0, 1), options);
}
