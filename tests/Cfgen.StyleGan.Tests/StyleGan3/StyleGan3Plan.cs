using Cfgen.StyleGan.Tests.StyleGan2;

namespace Cfgen.StyleGan.Tests.StyleGan3;

/// <summary>
/// Draws a network of StyleGAN3 of any size with the modules and attributes of the published ones. Its filters are drawn too: they have no
/// symmetry that would hide a wrong direction.
/// </summary>
sealed record StyleGan3Plan
{
    /// <summary>Width and height of the picture.</summary>
    public required int Resolution { get; init; }

    /// <summary>1 for gray, 3 for colour.</summary>
    public int ImageChannels { get; init; } = 3;

    /// <summary>Channels of a layer times twice its cutoff.</summary>
    public double ChannelBase { get; init; } = 32768;

    /// <summary>Most channels of a layer.</summary>
    public int ChannelMax { get; init; } = 512;

    /// <summary>Layers without the one that makes the picture.</summary>
    public int Layers { get; init; } = 14;

    /// <summary>Last layers that are sampled at the limit.</summary>
    public int Critical { get; init; } = 2;

    /// <summary>Samples around the picture.</summary>
    public int Margin { get; init; } = 10;

    /// <summary>The user's transform, row by row.</summary>
    public float[] Transform { get; init; } = [0.9f, -0.3f, 0.1f, 0.35f, 1.1f, -0.2f, 0, 0, 1];

    /// <summary>Side of the convolutions' kernels: 3 for configuration T, 1 for R.</summary>
    public int Kernel { get; init; } = 3;

    /// <summary>Whether filters of downsampling are radial, as in configuration R.</summary>
    public bool Radial { get; init; }

    /// <summary>Length of w, and of z.</summary>
    public int WDim { get; init; } = 16;

    /// <summary>How many of the highest rates compute in half precision.</summary>
    public int HalfRates { get; init; } = 4;

    /// <summary>Largest magnitude of an activation.</summary>
    public double? Clamp { get; init; } = 256;

    /// <summary>Start of the random numbers.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many codes it takes.</summary>
    public int NumWs => Layers + 2;

    /// <summary>The file of a generator, with a mapping network of one layer.</summary>
    public byte[] ToFile() => new DrawnModule("Generator").With("z_dim", WDim).With("c_dim", 0).With("w_dim", WDim)
        .Add("synthesis", Draw()).Add("mapping", Mapping(new(Seed + 1))).ToFile();

    /// <summary>The synthesis network.</summary>
    public DrawnModule Draw()
    {
        Random random = new(Seed);
        List<PlannedSignal> signals = Signals();
        List<(string Name, DrawnModule Layer)> layers = [];
        for (int i = 0; i <= Layers; i++)
        {
            PlannedSignal source = signals[Math.Max(i - 1, 0)], target = signals[i];
            layers.Add(($"L{i}_{target.Size}_{target.Channels}", Layer(random, source, target, i)));
        }
        DrawnModule synthesis = new DrawnModule("SynthesisNetwork")
            .With("w_dim", WDim).With("num_ws", NumWs).With("img_resolution", Resolution).With("img_channels", ImageChannels)
            .With("num_layers", Layers)
            .With("num_critical", Critical).With("margin_size", Margin).With("output_scale", 0.25).With("num_fp16_res", HalfRates)
            .With("layer_names", layers.Select(l => (object?)l.Name).ToList())
            .Add("input", Input(random, signals[0]));
        foreach ((string name, DrawnModule layer) in layers) synthesis.Add(name, layer);
        return synthesis;
    }

    // Section 3.2 of the paper: cutoff and stopband grow geometrically up to the layers that are sampled at the limit.
    List<PlannedSignal> Signals()
    {
        double last = Resolution / 2.0, stop = last * Math.Pow(2, 0.3), first = Math.Pow(2, 2.1);
        return [.. Enumerable.Range(0, Layers + 1).Select(i =>
        {
            double place = Math.Min(i / (double)(Layers - Critical), 1);
            double cutoff = 2 * Math.Pow(last / 2, place), stopband = first * Math.Pow(stop / first, place);
            int rate = (int)Math.Pow(2, Math.Ceiling(Math.Log2(Math.Min(stopband * 2, Resolution))));
            int size = i >= Layers - 1 ? Resolution : rate + 2 * Margin;
            return new PlannedSignal(
                i == Layers ? ImageChannels : (int)Math.Round(Math.Min(ChannelBase / 2 / cutoff, ChannelMax)), size, rate, cutoff);
        })];
    }

    DrawnModule Input(Random random, PlannedSignal signal) => new DrawnModule("SynthesisInput")
        .With("w_dim", WDim).With("channels", signal.Channels).With("size", (object?[])[signal.Size, signal.Size])
        .With("sampling_rate", (double)signal.Rate).With("bandwidth", signal.Cutoff)
        .Parameter("weight", [signal.Channels, signal.Channels], Gaussian(random, signal.Channels * signal.Channels))
        .Buffer("freqs", [signal.Channels, 2], Gaussian(random, signal.Channels * 2, signal.Cutoff / 2))
        .Buffer("phases", [signal.Channels], Gaussian(random, signal.Channels, 0.3))
        .Buffer("transform", [3, 3], Transform)
        .Add("affine", Linear(random, WDim, 4, "linear", bias: [1, 0.2f, 0.1f, -0.1f], scale: 0.3));

    DrawnModule Layer(Random random, PlannedSignal source, PlannedSignal target, int index)
    {
        bool isToRgb = index == Layers, isCritical = index >= Layers - Critical;
        int kernel = isToRgb ? 1 : Kernel, middle = Math.Max(source.Rate, target.Rate) * (isToRgb ? 1 : 2);
        int up = middle / source.Rate, down = middle / target.Rate;
        int upTaps = up > 1 && !isToRgb ? 6 * up : 1, downTaps = down > 1 && !isToRgb ? 6 * down : 1;
        int pad = (target.Size - 1) * down + 1 - (source.Size + kernel - 1) * up + upTaps + downTaps - 2, low = (pad + up) >> 1;
        DrawnModule layer = new DrawnModule("SynthesisLayer")
            .With("w_dim", WDim).With("is_torgb", isToRgb).With("is_critically_sampled", isCritical)
            .With("use_fp16", target.Rate * (1 << HalfRates) > Resolution)
            .With("in_channels", source.Channels).With("out_channels", target.Channels).With("conv_kernel", kernel)
            .With("conv_clamp", Clamp)
            .With("in_size", (object?[])[source.Size, source.Size]).With("out_size", (object?[])[target.Size, target.Size])
            .With("up_factor", up).With("down_factor", down).With("padding", (object?[])[low, pad - low, low, pad - low])
            .Parameter("weight", [target.Channels, source.Channels, kernel, kernel], Gaussian(
                random, target.Channels * source.Channels * kernel * kernel))
            .Parameter("bias", [target.Channels], Gaussian(random, target.Channels, 0.3))
            .Buffer("magnitude_ema", [], 1.3f)
            .Add("affine", Linear(random, WDim, source.Channels, "linear", [.. Enumerable.Repeat(1f, source.Channels)], 0.5));
        if (upTaps > 1) layer.Buffer("up_filter", [upTaps], LowPass(random, upTaps));
        if (downTaps > 1 && Radial && !isCritical) layer.Buffer("down_filter", [downTaps, downTaps], LowPass(random, downTaps * downTaps));
        else if (downTaps > 1) layer.Buffer("down_filter", [downTaps], LowPass(random, downTaps));
        return layer;
    }

    DrawnModule Mapping(Random random) => new DrawnModule("MappingNetwork")
        .With("z_dim", WDim).With("c_dim", 0).With("w_dim", WDim).With("num_ws", NumWs).With("num_layers", 1)
        .Buffer("w_avg", [WDim], Gaussian(random, WDim))
        .Add("fc0", Linear(random, WDim, WDim, "lrelu", new float[WDim], 1));

    static DrawnModule Linear(Random random, int inputs, int outputs, string activation, float[] bias, double scale) =>
        new DrawnModule("FullyConnectedLayer")
        .With("in_features", inputs).With("out_features", outputs).With("activation", activation).With("weight_gain", 1 / Math.Sqrt(inputs))
        .With("bias_gain", 1.0)
        .Parameter("weight", [outputs, inputs], Gaussian(random, outputs * inputs, scale))
        .Parameter("bias", [outputs], bias);

    /// <summary>Taps that sum to one.</summary>
    static float[] LowPass(Random random, int taps)
    {
        double[] values = [.. Enumerable.Range(0, taps).Select(_ => random.NextDouble() - 0.2)];
        return [.. values.Select(v => (float)(v / values.Sum()))];
    }

    static float[] Gaussian(Random random, int count, double scale = 1) =>
        [.. Enumerable.Range(0, count)
            .Select(_ => (float)(scale * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
}
