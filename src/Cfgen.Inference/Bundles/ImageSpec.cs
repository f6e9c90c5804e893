using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Cfgen.Inference.Bundles;

/// <summary>Size, channels and value range of the generator's pictures, and how a picture of another size is made to fit.</summary>
public sealed record ImageSpec
{
    [Description("Width in pixels.")]
    public required int Width { get; init; }

    [Description("Height in pixels.")]
    public required int Height { get; init; }

    [Description("1 (gray) or 3 (red, green, blue).")]
    public required int Channels { get; init; }

    [Description("The values that stand for black and white, such as [-1, 1].")]
    public IReadOnlyList<float> Range { get; set; } = [-1, 1];

    [Description("How a picture of another size is fitted.")]
    public ImageFitting Fit { get; init; } = ImageFitting.Refuse;

    [Description("For fit pad: the box in the middle that the picture is scaled into; the whole picture when not given.")]
    public PixelSize? Content { get; init; }

    [Description("For fit pad: gray level around the picture, 0 to 255.")]
    public int Background { get; init; }
}

/// <summary>How a picture whose size is not the generator's is made to fit.</summary>
public enum ImageFitting
{
    /// <summary>It is an error.</summary>
    [JsonStringEnumMemberName("refuse")] Refuse,

    /// <summary>Scaled into the content box, its proportions kept, on the background.</summary>
    [JsonStringEnumMemberName("pad")] Pad,

    /// <summary>Scaled to cover, its proportions kept; what sticks out is cut off.</summary>
    [JsonStringEnumMemberName("crop")] Crop,

    /// <summary>Stretched.</summary>
    [JsonStringEnumMemberName("resize")] Resize,
}

/// <summary>A size in pixels.</summary>
public sealed record PixelSize
{
    [Description("Width in pixels.")]
    public required int Width { get; init; }

    [Description("Height in pixels.")]
    public required int Height { get; init; }
}
