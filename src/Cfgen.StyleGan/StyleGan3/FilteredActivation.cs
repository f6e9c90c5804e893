using Cfgen.StyleGan.Generators;
using static Cfgen.OnnxFormat.Attributes;

namespace Cfgen.StyleGan.StyleGan3;

/// <summary>
/// LeakyReLU between an up- and a downsampling low-pass filter, so that it adds no frequencies that the sampling cannot carry
/// (Karras et al., "Alias-Free Generative Adversarial Networks", 2021, section 3.1): [N, C, h, w] to [N, C, H, W].
/// </summary>
/// <remarks>
/// Two forms give the same numbers. Products with banded matrices, mostly zeros, are the faster one forwards and backwards while maps are
/// small; their cost for a sample grows with the map's side, that of phases (<see cref="PhaseActivation"/>) does not. Phases need
/// channels in whole blocks of the runtime's vector layout, without which a convolution of one channel each is slow on a CPU.
/// A radial filter is no product of two: outside of phases it is a convolution with a stride.
/// </remarks>
static class FilteredActivation
{
    /// <summary>The shortest side of the output from which on filters are applied by phases.</summary>
    public const int PhasesFrom = 96;

    /// <summary>Channels in a block of ONNX Runtime's layout for vector units.</summary>
    const int ChannelBlock = 16;

    /// <summary>Slope of LeakyReLU below zero.</summary>
    const float Slope = 0.2f;

    /// <summary>Appends it.</summary>
    /// <param name="graph">Where to.</param>
    /// <param name="plan">The layer.</param>
    /// <param name="x">What goes in, [N, C, h, w].</param>
    /// <param name="clamp">Largest magnitude, or null.</param>
    /// <param name="at">The layer's place.</param>
    /// <param name="phasesFrom">See <see cref="PhasesFrom"/>.</param>
    public static string Append(NetworkGraph graph, SynthesisLayerPlan plan, string x, double? clamp, string at, int phasesFrom)
    {
        // LeakyReLU passes its gain of √2 on to what comes before it: one of the filters.
        double gain = plan.IsToRgb ? 1 : Math.Sqrt(2);
        if (plan.IsWithoutFilters && plan.IsToRgb) return Activate(graph, plan, CropPad(graph, plan, x, at), clamp, at, "");
        if (plan.X.Up == plan.X.Down && Math.Max(plan.X.OutLength, plan.Y.OutLength) >= phasesFrom && plan.OutChannels % ChannelBlock == 0)
            return new PhaseActivation(graph, plan, at).Append(x, gain, (phase, ending) => Activate(graph, plan, phase, clamp, at, ending));
        x = MatrixX(graph, x, $"{at}/upsampled_x", plan.X.MiddleLength, plan.X.Length, (m, i) => plan.X.UpWeight(m, i) * gain, plan.IsHalf);
        x = MatrixY(graph, x, $"{at}/upsampled", plan.Y.MiddleLength, plan.Y.Length, plan.Y.UpWeight, plan.IsHalf);
        x = Activate(graph, plan, x, clamp, at, "");
        if (plan.RadialFilter is { } radial) return Radial(graph, plan, x, radial, at);
        x = MatrixX(graph, x, $"{at}/downsampled_x", plan.X.OutLength, plan.X.MiddleLength, plan.X.DownWeight, plan.IsHalf);
        return MatrixY(graph, x, $"{at}/downsampled", plan.Y.OutLength, plan.Y.MiddleLength, plan.Y.DownWeight, plan.IsHalf);
    }

    static string Activate(NetworkGraph graph, SynthesisLayerPlan plan, string x, double? clamp, string at, string ending)
    {
        if (!plan.IsToRgb) x = graph.Node($"{at}/activated{ending}", "LeakyRelu", [x], Attribute("alpha", Slope));
        return clamp is { } limit
            ? graph.Node($"{at}/clamped{ending}", "Clip", [x, graph.Scalar(-limit, plan.IsHalf), graph.Scalar(limit, plan.IsHalf)])
            : x;
    }

    static string CropPad(NetworkGraph graph, SynthesisLayerPlan plan, string x, string at)
    {
        long[] pads = [plan.Y.PadLow, plan.X.PadLow, plan.Y.PadHigh, plan.X.PadHigh];
        return pads.All(p => p == 0)
            ? x
            : graph.Node($"{at}/padded", "Pad", [x, graph.Longs(0, 0, pads[0], pads[1], 0, 0, pads[2], pads[3])]);
    }

    static string Radial(NetworkGraph graph, SynthesisLayerPlan plan, string x, float[] filter, string at)
    {
        int taps = plan.X.DownTaps;
        float[] kernel = [.. Enumerable.Repeat(filter.Reverse(), plan.OutChannels).SelectMany(f => f)]; // ONNX does not flip
        return graph.Node(
            $"{at}/downsampled", "Conv", [x, graph.Weight($"{at}/down_filter", plan.IsHalf, kernel, plan.OutChannels, 1, taps, taps)],
            Attribute("group", plan.OutChannels), Attribute("strides", [plan.X.Down, plan.Y.Down]));
    }

    /// <summary>x [.., n] times a matrix [n, m].</summary>
    static string MatrixX(NetworkGraph graph, string x, string name, int to, int from, Func<int, int, double> weight, bool half) =>
        graph.Node(name, "MatMul", [x, graph.Weight($"{name}/matrix", half, Matrix(from, to, (i, j) => weight(j, i)), from, to)]);

    /// <summary>A matrix [m, n] times x [.., n, w].</summary>
    static string MatrixY(NetworkGraph graph, string x, string name, int to, int from, Func<int, int, double> weight, bool half) =>
        graph.Node(name, "MatMul", [graph.Weight($"{name}/matrix", half, Matrix(to, from, weight), to, from), x]);

    static float[] Matrix(int rows, int columns, Func<int, int, double> weight)
    {
        float[] matrix = new float[rows * columns];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++) matrix[r * columns + c] = (float)weight(r, c);
        }
        return matrix;
    }
}
