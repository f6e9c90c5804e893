using static Cfgen.OnnxFormat.Attributes;

namespace Cfgen.StyleGan.StyleGan2;

/// <summary>
/// What makes the weights of a convolution the code's own: w'_oik = s_i w_oik, then w''_oik = w'_oik / √(Σ_ik w'_oik² + ε) (Karras et
/// al., "Analyzing and Improving the Image Quality of StyleGAN", 2020, equations 1 and 3). The weights stay the same for all samples of a
/// batch: the input's channels are multiplied by s, and the output's by d_o = g / √(Σ_i s_i² Σ_k w_oik² + ε), with the layer's gain
/// g.
/// </summary>
static class Modulation
{
    const double Epsilon = 1e-8;

    /// <summary>The factors d [N, O] of the output's channels.</summary>
    /// <param name="layer">Writes.</param>
    /// <param name="styles">s [N, I].</param>
    /// <param name="weight">w [O, I, k, k].</param>
    /// <param name="outputs">O.</param>
    /// <param name="inputs">I.</param>
    /// <param name="gain">g.</param>
    public static string Demodulation(LayerWriter layer, string styles, ReadOnlySpan<float> weight, int outputs, int inputs, double gain)
    {
        // Σ_k w² and ε are divided by g² here, so that g costs nothing when the network runs.
        int kernel = weight.Length / (outputs * inputs);
        float[] power = new float[inputs * outputs];
        for (int o = 0; o < outputs; o++)
        {
            for (int i = 0; i < inputs; i++)
            {
                double sum = 0;
                foreach (double w in weight.Slice((o * inputs + i) * kernel, kernel)) sum += w * w;
                power[i * outputs + o] = (float)(sum / (gain * gain));
            }
        }
        string square = layer.Node("styles/square", "Mul", [styles, styles]);
        string norm = layer.Node("demodulation/norm", "MatMul", [square, layer.Weight("demodulation/power", power, inputs, outputs)]);
        string root = layer.Node(
            "demodulation/root", "Sqrt", [layer.Node("demodulation/norm_eps", "Add", [norm, layer.Scalar(Epsilon / (gain * gain))])]);
        return layer.Node("demodulation", "Reciprocal", [root]);
    }

    /// <summary>
    /// For half precision: each output's weights divided by their largest and by √(I k²), so that no sum of the convolution leaves its
    /// range. Demodulation takes the factor out again.
    /// </summary>
    public static float[] WithinRange(ReadOnlySpan<float> weight, int outputs)
    {
        float[] scaled = weight.ToArray();
        int each = weight.Length / outputs;
        for (int start = 0; start < scaled.Length; start += each)
        {
            Span<float> own = scaled.AsSpan(start, each);
            double largest = 0;
            foreach (float w in own) largest = Math.Max(largest, Math.Abs(w));
            if (largest == 0) continue;
            foreach (ref float w in own) w = (float)(w / (largest * Math.Sqrt(each)));
        }
        return scaled;
    }

    /// <summary>For half precision: styles divided by each sample's largest, which demodulation takes out again.</summary>
    public static string WithinRange(LayerWriter layer, string styles)
    {
        string largest = layer.Node(
            "styles/largest", "ReduceMax", [layer.Node("styles/magnitude", "Abs", [styles]), layer.Longs(1)],
            Attribute("keepdims", 1L));
        return layer.Node("styles/scaled", "Div", [styles, largest]);
    }
}
