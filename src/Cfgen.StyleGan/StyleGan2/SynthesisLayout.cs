using Cfgen.StyleGan.Generators;
using Cfgen.StyleGan.Torch;

namespace Cfgen.StyleGan.StyleGan2;

/// <summary>A SynthesisNetwork of StyleGAN2, read and checked.</summary>
/// <param name="WDim">Length of each code.</param>
/// <param name="Resolution">Rows and columns of the picture.</param>
/// <param name="ImageChannels">The picture's channels.</param>
/// <param name="Blocks">From 4 rows to the picture's, each with twice as many as the one before.</param>
sealed record SynthesisLayout(int WDim, int Resolution, int ImageChannels, IReadOnlyList<SynthesisBlock> Blocks)
{
    const int Smallest = 4, Largest = 1 << 14;

    /// <summary>Number of codes: one a convolution, and one for the last block's picture.</summary>
    public int NumWs => Blocks.Sum(b => b.Convolutions) + 1;

    /// <summary>Reads a network.</summary>
    /// <exception cref="InputException">
    /// Its attributes and tensors do not fit each other, are not finite, or are of a kind that cannot be imported.
    /// </exception>
    public static SynthesisLayout Read(PersistentModule synthesis, NoiseMode noise)
    {
        int resolution = synthesis.Positive("img_resolution"), channels = synthesis.Positive("img_channels"),
            wDim = synthesis.Positive("w_dim");
        if (resolution is < Smallest or > Largest || !int.IsPow2(resolution))
            throw synthesis.Unfit(
                "network-attribute", "the size of the network's picture is not one that can be imported", $"img_resolution {resolution}",
                $"a power of two from {Smallest} to {Largest}");
        List<SynthesisBlock> blocks = [];
        for (int rows = Smallest; rows <= resolution; rows *= 2)
            blocks.Add(SynthesisBlock.Read(
                synthesis.Child($"b{rows}"), wDim, rows, blocks.LastOrDefault(), rows == resolution, channels, noise));
        SynthesisLayout layout = new(wDim, resolution, channels, blocks);
        synthesis.Require("num_ws", layout.NumWs);
        return layout;
    }
}
