using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Cfgen.Inference.Bundles;

/// <summary>The network to be explained.</summary>
public sealed record ClassifierSpec : ModelFileSpec
{
    [Description("What the output holds.")]
    public ClassifierOutput Kind { get; init; } = ClassifierOutput.Auto;

    [Description("What is done to the generator's picture before the classifier sees it.")]
    public PreprocessingSpec Preprocessing { get; set; } = new();
}

/// <summary>What a classifier's output holds.</summary>
public enum ClassifierOutput
{
    /// <summary>Found out from the graph: a final Softmax gives probabilities, a final Sigmoid with one output a sigmoid and with several
    /// labels, one output otherwise a logit, else logits.</summary>
    [JsonStringEnumMemberName("auto")] Auto,

    /// <summary>[N, K], before Softmax.</summary>
    [JsonStringEnumMemberName("logits")] Logits,

    /// <summary>[N, K], summing to 1.</summary>
    [JsonStringEnumMemberName("probabilities")] Probabilities,

    /// <summary>[N] or [N, 1]: the probability of the second of two classes.</summary>
    [JsonStringEnumMemberName("sigmoid")] Sigmoid,

    /// <summary>[N] or [N, 1]: the logit of the second of two classes, before its sigmoid.</summary>
    [JsonStringEnumMemberName("logit")] Logit,

    /// <summary>[N, K]: for each of K labels the probability that it is true, whatever the others are.</summary>
    [JsonStringEnumMemberName("labels")] Labels,
}

/// <summary>From the generator's picture to the classifier's input, in this order: crop, resize, cut, channels, range,
/// normalisation.</summary>
public sealed record PreprocessingSpec
{
    [Description("Part of the picture that is used.")]
    public PixelBox? Crop { get; init; }

    [Description("Size that the part is resized to.")]
    public ResizeSpec? Resize { get; init; }

    [Description("Part of the resized picture that is used.")]
    public PixelBox? Cut { get; init; }

    [Description("Channels that the classifier takes; as the picture has when not given.")]
    public int? Channels { get; init; }

    [Description("Order of the colours.")]
    public ChannelOrder Order { get; init; } = ChannelOrder.Rgb;

    [Description("The values that stand for black and white before normalisation.")]
    public IReadOnlyList<float> Range { get; set; } = [0, 1];

    [Description("Subtracted, one value or one for each channel."), JsonConverter(typeof(NumbersConverter))]
    public IReadOnlyList<float>? Mean { get; init; }

    [Description("Divided by, one value or one for each channel."), JsonConverter(typeof(NumbersConverter))]
    public IReadOnlyList<float>? Std { get; init; }
}

/// <summary>A box of pixels.</summary>
public sealed record PixelBox
{
    [Description("Pixels to the left of it.")]
    public required int Left { get; init; }

    [Description("Pixels above it.")]
    public required int Top { get; init; }

    [Description("Width in pixels.")]
    public required int Width { get; init; }

    [Description("Height in pixels.")]
    public required int Height { get; init; }
}

/// <summary>A size to resize to, and the filter.</summary>
public sealed record ResizeSpec
{
    [Description("Width in pixels.")]
    public required int Width { get; init; }

    [Description("Height in pixels.")]
    public required int Height { get; init; }

    [Description("Antialiased when it shrinks.")]
    public ResizeFilter Filter { get; set; } = ResizeFilter.Bilinear;

    [Description("Limit what was resized to black and white, as libraries that resize 8-bit pictures do; bicubic and "
        + "lanczos overshoot at edges.")]
    public bool Clamp { get; init; }
}

/// <summary>Filter of a resize.</summary>
public enum ResizeFilter
{
    [JsonStringEnumMemberName("nearest")] Nearest,
    [JsonStringEnumMemberName("bilinear")] Bilinear,
    [JsonStringEnumMemberName("bicubic")] Bicubic,
    [JsonStringEnumMemberName("lanczos")] Lanczos,
    [JsonStringEnumMemberName("box")] Box,
    [JsonStringEnumMemberName("hamming")] Hamming,
}

/// <summary>Order of the colour channels.</summary>
public enum ChannelOrder
{
    [JsonStringEnumMemberName("rgb")] Rgb,
    [JsonStringEnumMemberName("bgr")] Bgr,
}
