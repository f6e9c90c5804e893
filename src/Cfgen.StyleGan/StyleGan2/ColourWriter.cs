namespace Cfgen.StyleGan.StyleGan2;

/// <summary>Writes a <see cref="ColourLayer"/>.</summary>
static class ColourWriter
{
    /// <summary>Appends the layer: x [N, inputs, H, W] to [N, C, H, W].</summary>
    /// <remarks>
    /// The one convolution whose weights are each sample's own, [N, C, inputs] times the planes: with so few outputs the time goes into
    /// reading the planes, which multiplying them by the styles first would read and write once more. Forwards it took half to two thirds
    /// of the time.
    /// </remarks>
    public static string Write(LayerWriter writer, ColourLayer layer, int resolution, string x, string w)
    {
        long pixels = (long)resolution * resolution;
        string styles = writer.Node("styles", "Unsqueeze", [writer.Connect("affine", layer.Affine, w), writer.Longs(1)]);
        string weight = writer.Node("modulated", "Mul", [styles, writer.Weight("weight", layer.Weight, 1, layer.Outputs, layer.Inputs)]);
        string planes = writer.Node("planes", "Reshape", [writer.ToKernel("input", x), writer.Longs(0, layer.Inputs, pixels)]);
        string y = writer.FromKernel("output", writer.Node("product", "MatMul", [writer.ToKernel("modulated/input", weight), planes]));
        y = writer.Node("colours", "Reshape", [y, writer.Longs(0, layer.Outputs, resolution, resolution)]);
        y = writer.Node("biased", "Add", [y, writer.Weight("bias", layer.Bias, 1, layer.Outputs, 1, 1)]);
        return writer.Clamp(y, layer.Clamp ?? (writer.Half ? StyledWriter.HalfClamp : null));
    }
}
