namespace Cfgen.StyleGan.Tests.StyleGan2;

/// <summary>
/// The synthesis network of StyleGAN2 as its paper defines it (Karras et al. 2020, "Analyzing and Improving the Image Quality of
/// StyleGAN"), in double precision and without a shortcut: one sample at a time, with weights modulated for it, zeros inserted, filtered
/// and then convolved.
/// </summary>
/// <param name="synthesis">The network.</param>
/// <param name="noise">Whether the fixed noise is added.</param>
sealed class SynthesisDefinition(DrawnModule synthesis, bool noise)
{
    /// <summary>The picture of one sample.</summary>
    /// <param name="ws">One row a layer, [num_ws, w_dim].</param>
    public Planes Image(double[][] ws)
    {
        Planes? x = null, image = null;
        int first = 0;
        foreach ((string name, DrawnModule block) in synthesis.Children)
        {
            string architecture = (string)block.Attributes["architecture"]!;
            int next = first;
            if (x is null)
            {
                int[] shape = block.Shape("const");
                x = Layer(block["conv1"], Planes.Of(shape[0], shape[1], shape[2], block.Values("const")), ws[next++], 1);
            }
            else if (architecture == "resnet")
            {
                Planes skipped = Skip(block["skip"], x);
                x = Layer(block["conv0"], x, ws[next++], 1);
                x = skipped.Plus(Layer(block["conv1"], x, ws[next++], Math.Sqrt(0.5)));
            }
            else
            {
                x = Layer(block["conv0"], x, ws[next++], 1);
                x = Layer(block["conv1"], x, ws[next++], 1);
            }
            first = next;
            image = image is null ? null : Enlarged(block, image, around: 0);
            if (architecture != "skip" && name != synthesis.Children.Keys.Last()) continue;
            Planes colours = Colours(block["torgb"], x, ws[next]);
            image = image?.Plus(colours) ?? colours;
        }
        return image!;
    }

    Planes Layer(DrawnModule layer, Planes x, double[] w, double gain)
    {
        double[] weight = Modulated(layer, Affine(layer["affine"], w));
        int each = weight.Length / layer.Shape("weight")[0];
        for (int o = 0; o < weight.Length; o += each)
        {
            double norm = 0;
            for (int i = 0; i < each; i++) norm += weight[o + i] * weight[o + i];
            for (int i = 0; i < each; i++) weight[o + i] /= Math.Sqrt(norm + 1e-8);
        }
        x = (int)layer.Attributes["up"]! == 2
            ? Enlarged(layer, x, around: 1).Mix(weight, 3, turned: true)
            : x.Pad(1, 1).Mix(weight, 3, turned: false);
        int resolution = (int)layer.Attributes["resolution"]!;
        float[] bias = layer.Values("bias");
        if (noise && layer.Attributes["use_noise"] is true)
        {
            float[] grain = layer.Values("noise_const");
            float strength = layer.Values("noise_strength")[0];
            x = x.Map((c, row, column, value) => value + strength * grain[row * resolution + column]);
        }
        return Clamped(layer, gain, x.Map((c, row, column, value) =>
        {
            double sum = value + bias[c];
            return (sum > 0 ? sum : 0.2 * sum) * Math.Sqrt(2) * gain;
        }));
    }

    static Planes Colours(DrawnModule layer, Planes x, double[] w)
    {
        double scale = 1 / Math.Sqrt(x.Channels);
        float[] bias = layer.Values("bias");
        x = x.Mix(Modulated(layer, [.. Affine(layer["affine"], w).Select(s => s * scale)]), 1, turned: false);
        return Clamped(layer, 1, x.Map((c, row, column, value) => value + bias[c]));
    }

    static Planes Skip(DrawnModule layer, Planes x)
    {
        double scale = 1 / Math.Sqrt(x.Channels);
        double[] weight = [.. layer.Values("weight").Select(v => v * scale)];
        return Enlarged(layer, x, around: 0).Mix(weight, 1, turned: true).Map((c, row, column, value) => value * Math.Sqrt(0.5));
    }

    /// <summary>
    /// Twice the size and filtered, with zeros around for a kernel to reach. What would be a negative number of zeros is cropped.
    /// </summary>
    static Planes Enlarged(DrawnModule layer, Planes x, int around)
    {
        float[] filter = layer.Values("resample_filter");
        if (layer.Shape("resample_filter") is [_]) filter = [.. from a in filter from b in filter select a * b];
        int size = (int)Math.Sqrt(filter.Length);
        return x.InsertZeros().Pad((size + 1) / 2 + around, (int)Math.Floor((size - 2) / 2.0) + around).Filter(filter, size, 4);
    }

    static double[] Modulated(DrawnModule layer, double[] styles)
    {
        int[] shape = layer.Shape("weight");
        int kernel = shape[2] * shape[3];
        return [.. layer.Values("weight").Select((v, i) => v * styles[i / kernel % shape[1]])];
    }

    static double[] Affine(DrawnModule affine, double[] w)
    {
        float[] weight = affine.Values("weight"), bias = affine.Values("bias");
        double[] styles = new double[bias.Length];
        for (int i = 0; i < styles.Length; i++)
        {
            for (int j = 0; j < w.Length; j++) styles[i] += weight[i * w.Length + j] * w[j] / Math.Sqrt(w.Length);
            styles[i] += bias[i];
        }
        return styles;
    }

    static Planes Clamped(DrawnModule layer, double gain, Planes x) => layer.Attributes["conv_clamp"] is double clamp
        ? x.Map((c, row, column, value) => Math.Clamp(value, -clamp * gain, clamp * gain))
        : x;
}
