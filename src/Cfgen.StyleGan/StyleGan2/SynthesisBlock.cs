using Cfgen.StyleGan.Generators;
using Cfgen.StyleGan.Torch;

namespace Cfgen.StyleGan.StyleGan2;

/// <summary>The layers that make one resolution.</summary>
/// <param name="Resolution">Rows and columns.</param>
/// <param name="Conv1">The second convolution, or the first block's only one.</param>
sealed record SynthesisBlock(int Resolution, StyledLayer Conv1)
{
    /// <summary>The first block's learned input, [channels, 4, 4]; null in every other.</summary>
    public float[]? Const { get; init; }

    /// <summary>The convolution that enlarges; null in the first block.</summary>
    public StyledLayer? Conv0 { get; init; }

    /// <summary>The way around both convolutions; null where there is none.</summary>
    public SkipLayer? Skip { get; init; }

    /// <summary>What the block adds to the picture; null where it adds nothing.</summary>
    public ColourLayer? ToRgb { get; init; }

    /// <summary>The filter that enlarges the picture before the block adds to it.</summary>
    public required ResamplingFilter ImageFilter { get; init; }

    /// <summary>Whether the block was trained in half precision.</summary>
    public required bool TrainedInHalf { get; init; }

    /// <summary>Convolutions that take a code of their own each.</summary>
    public int Convolutions => Conv0 is null ? 1 : 2;

    /// <summary>Reads a block.</summary>
    /// <param name="module">The block's module.</param>
    /// <param name="wDim">Length of a code.</param>
    /// <param name="resolution">The block's rows and columns.</param>
    /// <param name="before">The block before, or null for the first.</param>
    /// <param name="isLast">Whether it is the last one, which always adds to the picture.</param>
    /// <param name="imageChannels">The picture's channels.</param>
    /// <param name="noise">Whether the fixed noise is added.</param>
    /// <exception cref="InputException">
    /// Its attributes and tensors do not fit each other or its place, are not finite, or are of a kind that cannot be imported.
    /// </exception>
    public static SynthesisBlock Read(
        PersistentModule module, int wDim, int resolution, SynthesisBlock? before, bool isLast, int imageChannels, NoiseMode noise)
    {
        string architecture = module.Text("architecture", "skip");
        if (architecture is not ("skip" or "resnet" or "orig"))
            throw module.Unfit(
                "network-attribute", $"the architecture of the network's {module.ClassName} is not one that can be imported",
                $"'{architecture}'", "'skip', 'resnet' or 'orig'");
        bool hasColours = isLast || architecture == "skip";
        module.Require("resolution", resolution);
        module.Require("in_channels", before?.Conv1.Outputs ?? 0);
        module.Require("img_channels", imageChannels);
        module.Require("num_conv", before is null ? 1 : 2);
        module.Require("num_torgb", hasColours ? 1 : 0);

        StyledLayer? conv0 =
            before is null ? null : StyledLayer.Read(module.Child("conv0"), wDim, before.Conv1.Outputs, resolution, enlarges: true, noise);
        StyledLayer conv1 =
            StyledLayer.Read(module.Child("conv1"), wDim, conv0?.Outputs ?? module.Outputs("const"), resolution, enlarges: false, noise);
        return new(resolution, conv1)
        {
            Const = before is null ? module.Finite("const", conv1.Inputs, resolution, resolution) : null,
            Conv0 = conv0,
            Skip = before is not null && architecture == "resnet"
                ? SkipLayer.Read(module.Child("skip"), before.Conv1.Outputs, conv1.Outputs)
                : null,
            ToRgb = hasColours ? ColourLayer.Read(module.Child("torgb"), wDim, conv1.Outputs, imageChannels) : null,
            ImageFilter = ResamplingFilter.Of(module),
            TrainedInHalf = module.Bool("use_fp16", false),
        };
    }
}
