using Cfgen.StyleGan.Generators;
using static Cfgen.OnnxFormat.Attributes;

namespace Cfgen.StyleGan.StyleGan3;

/// <summary>
/// A convolution whose input channels w scales and whose output channels are scaled back to unit variance (Karras et al., "Analyzing and
/// Improving the Image Quality of StyleGAN", 2019, section 2.2). The scales are applied to the activations, so that a whole batch shares
/// one convolution with weights that are known beforehand.
/// </summary>
/// <remarks>
/// With s(w) the styles and W the weights, normalised for each output channel, y = conv(x s g, W) d + b, where g = 1 / √magnitude_ema and
/// d = 1 / √(Σ s'² W² + 1e-8) for styles s' of mean square one. Both terms are of second degree in s, so the norm of s cancels:
/// d s' = s / √(s² Q) with Q = Σ W² + 1e-8 / I. The factor g and a scale that keeps sums small in half precision are folded into W and
/// Q.
/// </remarks>
sealed class ModulatedConvolution
{
    const double Epsilon = 1e-8;

    readonly SynthesisLayerPlan _plan;
    readonly FullyConnected _affine;
    readonly float[] _weight;
    readonly float[]? _demodulation;
    readonly float[] _bias;

    /// <summary>Reads the weights of a layer.</summary>
    /// <param name="plan">The layer.</param>
    /// <param name="wDim">Length of w.</param>
    /// <param name="outputScale">Multiplies what comes out; for the picture's layer alone.</param>
    /// <exception cref="InputException">A tensor is missing, of another shape, or not finite.</exception>
    public ModulatedConvolution(SynthesisLayerPlan plan, int wDim, double outputScale)
    {
        _plan = plan;
        (int outputs, int inputs, int kernel) = (plan.OutChannels, plan.InChannels, plan.Kernel);
        int fan = inputs * kernel * kernel;
        _affine = FullyConnected.Read(plan.Module.Child("affine"), wDim, inputs);
        _weight = plan.Module.Finite("weight", outputs, inputs, kernel, kernel);
        _bias = Array.ConvertAll(plan.Module.Finite("bias", outputs), x => (float)(x * outputScale));
        double[] norms = plan.IsToRgb ? [] : Norms(outputs, fan);
        if (!plan.IsToRgb) _demodulation = Demodulation(norms, outputs, inputs, fan);
        double scale = InputGain() * outputScale / Math.Sqrt(fan);
        // In place: a large network has layers of 50 MB, and each copy of one would be waiting for the garbage collector.
        for (int i = 0; i < _weight.Length; i++) _weight[i] = (float)((plan.IsToRgb ? _weight[i] : _weight[i] * norms[i / fan]) * scale);
    }

    /// <summary>Appends it: x [N, I, H, W] and w [N, w_dim] to [N, O, H + k - 1, W + k - 1].</summary>
    public string Append(NetworkGraph graph, string x, string w, string at)
    {
        bool half = _plan.IsHalf;
        string styles = _affine.Append(graph, w, $"{at}/affine"); // [N, I]
        if (half && !_plan.IsToRgb) styles = UnitStyles(graph, styles, at);
        string scale = Spread(graph, styles, _plan.InChannels, $"{at}/styles");
        string modulated = graph.Node($"{at}/modulated", "Mul", [x, scale]);
        long pad = _plan.Kernel - 1;
        string weight = graph.Weight($"{at}/weight", half, _weight, _plan.OutChannels, _plan.InChannels, _plan.Kernel, _plan.Kernel);
        string y = graph.Node($"{at}/convolution", "Conv", [modulated, weight], Attribute("pads", [pad, pad, pad, pad]));
        if (_demodulation is not null)
            y = graph.Node(
                $"{at}/demodulated", "Mul", [y, Spread(graph, Norm(graph, styles, at), _plan.OutChannels, $"{at}/demodulation")]);
        return graph.Node($"{at}/biased", "Add", [y, graph.Weight($"{at}/bias", half, _bias, _plan.OutChannels, 1, 1)]);
    }

    /// <summary>1 / √(s² Q), [N, O].</summary>
    string Norm(NetworkGraph graph, string styles, string at)
    {
        string squared = graph.Node($"{at}/styles_squared", "Mul", [styles, styles]);
        string sum = graph.Node(
            $"{at}/norm_squared", "MatMul",
            [squared, graph.Weight($"{at}/weight_squares", _demodulation!, _plan.InChannels, _plan.OutChannels)]);
        return graph.Node($"{at}/inverse_norm", "Reciprocal", [graph.Node($"{at}/norm", "Sqrt", [sum])]);
    }

    /// <summary>Styles of mean square one, so that half precision can hold what they scale.</summary>
    static string UnitStyles(NetworkGraph graph, string styles, string at)
    {
        string square = graph.Node($"{at}/styles_energy", "Mul", [styles, styles]);
        string magnitude =
            graph.Node($"{at}/styles_magnitude", "Sqrt", [graph.Node($"{at}/styles_mean", "ReduceMean", [square, graph.Longs(1)])]);
        return graph.Node($"{at}/styles_unit", "Div", [styles, magnitude]);
    }

    string Spread(NetworkGraph graph, string x, int channels, string name) =>
        graph.Cast($"{name}_half", graph.Node(name, "Reshape", [x, graph.Longs(-1, channels, 1, 1)]), isHalf: false, _plan.IsHalf);

    double InputGain() => _plan.Module.Finite("magnitude_ema")[0] is var ema and > 0
        ? 1 / Math.Sqrt(ema)
        : throw _plan.Module.Unfit(
            "network-attribute", "the tensor 'magnitude_ema' of the network's SynthesisLayer is not what it has to be",
            $"{_plan.Module.Tensor("magnitude_ema").ToFloats()[0]}", "a number above zero");

    /// <summary>For each output channel, what brings its weights to a mean square of one.</summary>
    double[] Norms(int outputs, int fan)
    {
        double[] norms = new double[outputs];
        for (int o = 0; o < outputs; o++)
        {
            double energy = 0;
            foreach (float x in _weight.AsSpan(o * fan, fan)) energy += (double)x * x;
            if (energy == 0)
                throw _plan.Module.Unfit(
                    "network-weights",
                    "an output channel of the network's SynthesisLayer has no weights but zeros, which cannot be normalised",
                    $"channel {o}", "a weight that is not zero");
            norms[o] = Math.Sqrt(fan / energy);
        }
        return norms;
    }

    float[] Demodulation(double[] norms, int outputs, int inputs, int fan)
    {
        int area = fan / inputs;
        float[] sums = new float[inputs * outputs];
        for (int o = 0; o < outputs; o++)
        {
            for (int i = 0; i < inputs; i++)
            {
                double sum = Epsilon / inputs;
                foreach (float x in _weight.AsSpan(o * fan + i * area, area)) sum += x * norms[o] * (x * norms[o]);
                sums[i * outputs + o] = (float)(sum / fan);
            }
        }
        return sums;
    }
}
