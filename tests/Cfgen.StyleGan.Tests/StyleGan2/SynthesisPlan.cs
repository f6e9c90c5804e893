namespace Cfgen.StyleGan.Tests.StyleGan2;

/// <summary>Draws a small network with the modules and attributes of the published ones.</summary>
/// <param name="Resolution">Height and width of the picture.</param>
/// <param name="ImageChannels">1 for gray, 3 for colour.</param>
/// <param name="Architecture"><c>skip</c>, <c>resnet</c> or <c>orig</c>.</param>
sealed record SynthesisPlan(int Resolution, int ImageChannels, string Architecture)
{
    /// <summary>Length of w.</summary>
    public int WDim { get; init; } = 5;

    /// <summary>Largest absolute activation. The default lets a few of the drawn networks' activations reach it.</summary>
    public double? ConvClamp { get; init; } = 3;

    /// <summary>The shape of the filters: a square, or as many taps as run along columns and rows alike.</summary>
    public int[] FilterShape { get; init; } = [4, 4];

    /// <summary>The first resolution whose block is marked as trained in half precision; null for none.</summary>
    public int? HalfFrom { get; init; }

    /// <summary>Start of the random numbers.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Number of w vectors.</summary>
    public int NumWs => 2 * Blocks.Count;

    /// <summary>Normally distributed numbers.</summary>
    public static float[] Gaussian(Random random, int count)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return values;
    }

    List<int> Blocks => [.. Enumerable.Range(2, 30).Select(n => 1 << n).TakeWhile(r => r <= Resolution)];

    /// <summary>The network's module.</summary>
    public DrawnModule Draw()
    {
        Random random = new(Seed);
        DrawnModule synthesis = new DrawnModule("SynthesisNetwork")
            .With("w_dim", WDim).With("img_resolution", Resolution).With("img_resolution_log2", Blocks.Count + 1)
            .With("img_channels", ImageChannels)
            .With("block_resolutions", Blocks.Select(r => (object?)r).ToList()).With("num_ws", NumWs);
        foreach (int resolution in Blocks) synthesis.Add($"b{resolution}", Block(random, resolution));
        return synthesis;
    }

    /// <summary>Codes as a mapping network would give them, [num_ws][w_dim].</summary>
    public double[][] DrawCodes(int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, NumWs).Select(_ => Gaussian(random, WDim).Select(v => (double)v).ToArray())];
    }

    // Fewer than any published network, different on both sides of a block, and no multiple of a vector unit's width.
    static int Channels(int resolution) => resolution switch { <= 4 => 6, <= 8 => 7, <= 16 => 5, <= 32 => 4, _ => 3 };

    DrawnModule Block(Random random, int resolution)
    {
        int inputs = resolution == 4 ? 0 : Channels(resolution / 2), outputs = Channels(resolution);
        bool isLast = resolution == Resolution, hasColours = isLast || Architecture == "skip";
        DrawnModule block = new DrawnModule("SynthesisBlock")
            .With("in_channels", inputs).With("w_dim", WDim).With("resolution", resolution).With("img_channels", ImageChannels)
            .With("is_last", isLast)
            .With("architecture", Architecture).With("use_fp16", resolution >= HalfFrom).With("channels_last", false)
            .With("num_conv", inputs == 0 ? 1 : 2).With("num_torgb", hasColours ? 1 : 0)
            .Buffer("resample_filter", FilterShape, Filter(random));
        if (inputs == 0) block.Parameter("const", [outputs, 4, 4], Gaussian(random, outputs * 16));
        else block.Add("conv0", Layer(random, resolution, inputs, outputs, up: 2));
        block.Add("conv1", Layer(random, resolution, outputs, outputs, up: 1));
        if (hasColours) block.Add("torgb", Colours(random, outputs));
        if (inputs > 0 && Architecture == "resnet") block.Add("skip", Skip(random, inputs, outputs));
        return block;
    }

    DrawnModule Layer(Random random, int resolution, int inputs, int outputs, int up) => new DrawnModule("SynthesisLayer")
        .With("resolution", resolution).With("up", up).With("use_noise", true).With("activation", "lrelu").With("conv_clamp", ConvClamp)
        .With("padding", 1).With("act_gain", Math.Sqrt(2))
        .Add("affine", Affine(random, inputs))
        .Parameter("weight", [outputs, inputs, 3, 3], Gaussian(random, outputs * inputs * 9)).Parameter("noise_strength", [], 0.3f)
        .Parameter("bias", [outputs], Gaussian(random, outputs))
        .Buffer("resample_filter", FilterShape, Filter(random))
        .Buffer("noise_const", [resolution, resolution], Gaussian(random, resolution * resolution));

    DrawnModule Colours(Random random, int inputs) => new DrawnModule("ToRGBLayer")
        .With("conv_clamp", ConvClamp).With("weight_gain", 1 / Math.Sqrt(inputs))
        .Add("affine", Affine(random, inputs))
        .Parameter("weight", [ImageChannels, inputs, 1, 1], Gaussian(random, ImageChannels * inputs))
        .Parameter("bias", [ImageChannels], Gaussian(random, ImageChannels));

    DrawnModule Skip(Random random, int inputs, int outputs) => new DrawnModule("Conv2dLayer")
        .With("activation", "linear").With("up", 2).With("down", 1).With("conv_clamp", null).With("padding", 0)
        .With("weight_gain", 1 / Math.Sqrt(inputs)).With("act_gain", 1.0)
        .Parameter("weight", [outputs, inputs, 1, 1], Gaussian(random, outputs * inputs))
        .Buffer("resample_filter", FilterShape, Filter(random));

    DrawnModule Affine(Random random, int outputs) => new DrawnModule("FullyConnectedLayer")
        .With("activation", "linear").With("weight_gain", 1 / Math.Sqrt(WDim)).With("bias_gain", 1.0)
        .Parameter("weight", [outputs, WDim], Gaussian(random, outputs * WDim))
        .Parameter("bias", [outputs], [.. Gaussian(random, outputs).Select(v => 1 + 0.2f * v)]);

    // Published networks have one filter, the outer product of [1, 3, 3, 1]. Here each layer has another, not symmetric, so that one turned
    // round or exchanged shows.
    float[] Filter(Random random)
    {
        float[] filter = [.. Enumerable.Range(0, FilterShape.Aggregate(1, (a, b) => a * b)).Select(_ => 0.2f + random.NextSingle())];
        float sum = filter.Sum();
        return [.. filter.Select(v => v / sum)];
    }
}
