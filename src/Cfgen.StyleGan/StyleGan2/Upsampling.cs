using Cfgen.OnnxFormat;
using static Cfgen.OnnxFormat.Attributes;

namespace Cfgen.StyleGan.StyleGan2;

/// <summary>Writes upsampling by 2.</summary>
static class Upsampling
{
    static readonly AttributeProto s_strides = Attribute("strides", [2L, 2]);

    /// <summary>x [N, I, h, w] enlarged, filtered and convolved: [N, O, 2h, 2w].</summary>
    /// <remarks>
    /// The definition filters I channels at the full size and convolves them there. Here a transposed convolution of stride 2 comes first,
    /// which never multiplies an inserted zero, and the filter runs over its O channels one by one: a quarter of the multiplications.
    /// Filter and kernel as one convolution with 4 O outputs and DepthToSpace, which has as many as the definition, took 2.4 to 3.1 times
    /// as long with 512 and 256 channels, forwards and backwards, and half as long again with 64 (forwards).
    /// </remarks>
    /// <param name="layer">Writes.</param>
    /// <param name="x">In the convolution's precision.</param>
    /// <param name="weight">[O, I, kernel, kernel], for a convolution that turns it round.</param>
    /// <param name="outputs">O.</param>
    /// <param name="inputs">I.</param>
    /// <param name="kernel">Rows and columns of the weight.</param>
    /// <param name="filter">The filter.</param>
    public static string Convolved(
        LayerWriter layer, string x, ReadOnlySpan<float> weight, int outputs, int inputs, int kernel, ResamplingFilter filter)
    {
        string spread = layer.Node(
            "enlarged", "ConvTranspose",
            [x, layer.Kernel("weight", Swapped(weight, outputs, inputs, kernel * kernel), inputs, outputs, kernel, kernel)], s_strides);
        (int begin, int end) = filter.Around(kernel);
        string low = layer.Kernel("filter", filter.Turned(outputs), outputs, 1, filter.Size, filter.Size);
        return layer.Node("filtered", "Conv", [spread, low], Pads(begin, end), Attribute("group", outputs));
    }

    /// <summary>A picture [N, C, h, w] enlarged and filtered: [N, C, 2h, 2w].</summary>
    public static string Image(LayerWriter layer, string image, int channels, ResamplingFilter filter)
    {
        (int begin, int end) = filter.Surplus;
        string kernel = layer.Weight("filter", filter.Repeated(channels), channels, 1, filter.Size, filter.Size);
        return layer.Node(
            "enlarged", "ConvTranspose", [image, kernel], s_strides, Pads(begin, end), Attribute("group", channels));
    }

    static AttributeProto Pads(long begin, long end) => Attribute("pads", [begin, begin, end, end]);

    /// <summary>[a, b, rest] to [b, a, rest].</summary>
    static float[] Swapped(ReadOnlySpan<float> weight, int a, int b, int rest)
    {
        float[] swapped = new float[weight.Length];
        for (int i = 0; i < a; i++)
        {
            for (int j = 0; j < b; j++) weight.Slice((i * b + j) * rest, rest).CopyTo(swapped.AsSpan((j * a + i) * rest));
        }
        return swapped;
    }
}
