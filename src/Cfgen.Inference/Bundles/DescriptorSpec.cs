using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Cfgen.Inference.Bundles;

/// <summary>How descriptors are measured on this bundle's pictures.</summary>
public sealed record DescriptorSpec
{
    [Description("Whether the object is brighter or darker than what is around it.")]
    public ForegroundTone Foreground { get; init; } = ForegroundTone.Bright;

    [Description("Share of the largest value above which a pixel belongs to the object, between 0 and 1.")]
    public double Threshold { get; set; } = 0.5;

    [Description("Standard deviation of each descriptor over reference pictures, by name: makes importances comparable.")]
    public IReadOnlyDictionary<string, double> StandardDeviations { get; set; } = new Dictionary<string, double>();
}

/// <summary>Tone of the object against its surroundings.</summary>
public enum ForegroundTone
{
    [JsonStringEnumMemberName("bright")] Bright,
    [JsonStringEnumMemberName("dark")] Dark,
}
