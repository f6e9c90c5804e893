using static Cfgen.OnnxFormat.Attributes;

namespace Cfgen.StyleGan.StyleGan2;

/// <summary>
/// Writes a <see cref="StyledLayer"/>: clamp(gain LeakyReLU(conv(x; w'') + noise + bias)), with w'' as <see cref="Modulation"/> says.
/// </summary>
static class StyledWriter
{
    /// <summary>
    /// What activations are limited to in half precision where the network does not say: the bound that networks in half precision are
    /// trained with.
    /// </summary>
    public const double HalfClamp = 256;

    /// <summary>Appends the layer: x [N, inputs, h, w] to [N, outputs, resolution, resolution].</summary>
    /// <param name="writer">Writes.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="x">What goes in; N may be 1 where it is a constant.</param>
    /// <param name="w">The layer's code, [N, w_dim].</param>
    /// <param name="blockGain">Factor of the output and of its bound.</param>
    public static string Write(LayerWriter writer, StyledLayer layer, string x, string w, double blockGain = 1)
    {
        double gain = layer.Gain * blockGain;
        float[] weight = layer.Weight;
        string styles = writer.Connect("affine", layer.Affine, w);
        if (writer.Half) (weight, styles) = (Modulation.WithinRange(weight, layer.Outputs), Modulation.WithinRange(writer, styles));
        string scale = Modulation.Demodulation(writer, styles, weight, layer.Outputs, layer.Inputs, gain);

        string y = writer.Node("modulated", "Mul", [x, writer.PerPlane("styles", styles)]);
        y = writer.FromKernel("output", Convolved(writer, layer, weight, writer.ToKernel("input", y)));
        y = writer.Node("demodulated", "Mul", [y, writer.PerPlane("scale", scale)]);
        // The gain is in scale, noise and bias: a rectifier of g x is g times that of x. Noise and bias are added one after the other, as
        // the runtime would keep the sum of two constants for every channel's plane.
        if (layer.Noise is { } noise)
            y = writer.Node("noisy", "Add", [y, writer.Weight("noise", Times(noise, gain), 1, 1, layer.Resolution, layer.Resolution)]);
        y = writer.Node("biased", "Add", [y, writer.Weight("bias", Times(layer.Bias, gain), 1, layer.Outputs, 1, 1)]);
        y = writer.Node("activated", "LeakyRelu", [y], Attribute("alpha", StyledLayer.NegativeSlope));
        return writer.Clamp(y, (layer.Clamp ?? (writer.Half ? HalfClamp : null)) * blockGain);
    }

    static string Convolved(LayerWriter writer, StyledLayer layer, float[] weight, string x)
    {
        (int outputs, int inputs, int kernel) = (layer.Outputs, layer.Inputs, StyledLayer.Kernel);
        if (layer.Enlargement is { } filter) return Upsampling.Convolved(writer, x, weight, outputs, inputs, kernel, filter);
        return writer.Node(
            "convolved", "Conv", [x, writer.Kernel("weight", weight, outputs, inputs, kernel, kernel)],
            Attribute("pads", [1L, 1, 1, 1]));
    }

    static float[] Times(float[] values, double factor) => Array.ConvertAll(values, v => (float)(v * factor));
}
