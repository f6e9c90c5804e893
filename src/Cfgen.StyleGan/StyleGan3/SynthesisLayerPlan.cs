using Cfgen.StyleGan.Generators;
using Cfgen.StyleGan.Torch;

namespace Cfgen.StyleGan.StyleGan3;

/// <summary>A SynthesisLayer's own attributes, checked against each other and against its tensors.</summary>
sealed record SynthesisLayerPlan
{
    /// <summary>The layer's name, such as <c>L3_52_64</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The layer itself.</summary>
    public required PersistentModule Module { get; init; }

    /// <summary>Channels that go in.</summary>
    public required int InChannels { get; init; }

    /// <summary>Channels that come out.</summary>
    public required int OutChannels { get; init; }

    /// <summary>Side of the convolution's kernel: 3 in configuration T, 1 in R.</summary>
    public required int Kernel { get; init; }

    /// <summary>Whether it is the last layer, which makes the picture: without demodulation and activation.</summary>
    public required bool IsToRgb { get; init; }

    /// <summary>Largest magnitude after the activation, or null where there is no limit.</summary>
    public required double? Clamp { get; init; }

    /// <summary>Resampling along x, from the convolution's output on.</summary>
    public required ResamplingAxis X { get; init; }

    /// <summary>Resampling along y, from the convolution's output on.</summary>
    public required ResamplingAxis Y { get; init; }

    /// <summary>The radial filter of downsampling [k, k], which is no product of two; null where the filter is separable.</summary>
    public required float[]? RadialFilter { get; init; }

    /// <summary>Whether it computes in half precision.</summary>
    public required bool IsHalf { get; init; }

    /// <summary>Whether upsampling, padding, cropping and downsampling leave every number as it is.</summary>
    public bool IsWithoutFilters => X.IsWithoutFilters && Y.IsWithoutFilters && RadialFilter is null;

    /// <summary>Reads a layer.</summary>
    /// <exception cref="InputException">Attributes are missing, or do not fit each other or the tensors.</exception>
    public static SynthesisLayerPlan Read(string name, PersistentModule module, bool allowHalf)
    {
        int kernel = module.Positive("conv_kernel"), up = module.Positive("up_factor"), down = module.Positive("down_factor");
        IReadOnlyList<int> inSize = Several(module, "in_size", 2), outSize = Several(module, "out_size", 2),
            padding = Several(module, "padding", 4);
        double[] upFilter = Filter(module, "up_filter") ?? [1];
        (double[]? downFilter, float[]? radial, int downTaps) = Down(module);
        double? clamp = module.DoubleOrNull("conv_clamp");
        if (clamp is { } limit && !(limit > 0 && double.IsFinite(limit)))
            throw module.Unfit(
                "network-attribute", "the attribute 'conv_clamp' of the network's SynthesisLayer is not what it has to be", $"{limit}",
                "a number above zero, or None");
        SynthesisLayerPlan plan = new()
        {
            Name = name,
            Module = module,
            InChannels = module.Positive("in_channels"),
            OutChannels = module.Positive("out_channels"),
            Kernel = kernel,
            IsToRgb = module.Bool("is_torgb"),
            Clamp = clamp,
            X = new(inSize[0] + kernel - 1, up, down, padding[0], padding[1], upFilter, downFilter, downTaps),
            Y = new(inSize[1] + kernel - 1, up, down, padding[2], padding[3], upFilter, downFilter, downTaps),
            RadialFilter = radial,
            IsHalf = allowHalf && clamp is not null && module.Bool("use_fp16", missing: false),
        };
        if (inSize.Min() < 1 || (plan.X.OutLength, plan.Y.OutLength) != (outSize[0], outSize[1]))
            throw module.Unfit(
                "network-shape", $"the sizes of the network's layer '{name}' do not fit its filters and padding",
                $"'out_size' {outSize[0]} x {outSize[1]}",
                $"{plan.X.OutLength} x {plan.Y.OutLength}, from 'in_size' {inSize[0]} x {inSize[1]}");
        return plan;
    }

    static (double[]? Filter, float[]? Radial, int Taps) Down(PersistentModule module)
    {
        if (module.FiniteOrNull("down_filter") is not { Shape.Count: 2 } filter)
            return (Filter(module, "down_filter") ?? [1], null, Filter(module, "down_filter")?.Length ?? 1);
        return filter.Shape[0] == filter.Shape[1] && filter.Shape[0] > 0
            ? (null, filter.Values, filter.Shape[0])
            : throw module.Unfit(
                "network-shape", "the radial filter of the network's SynthesisLayer is not square",
                $"[{filter.Shape[0]}, {filter.Shape[1]}]", "[k, k]");
    }

    static double[]? Filter(PersistentModule module, string name) => module.FiniteOrNull(name) switch
    {
        null => null,
        { Shape: [> 0] } filter => Array.ConvertAll(filter.Values, x => (double)x),
        { Shape: var shape } => throw module.Unfit(
            "network-shape", $"the filter '{name}' of the network's SynthesisLayer is not one that can be imported",
            $"[{string.Join(", ", shape)}]", "a row of taps"),
    };

    static IReadOnlyList<int> Several(PersistentModule module, string name, int count) =>
        module.Ints(name) is var values && values.Count == count
        ? values
        : throw module.Unfit(
            "network-attribute", $"the attribute '{name}' of the network's SynthesisLayer is not what it has to be",
            $"{module.Ints(name).Count} numbers", $"{count} numbers");
}
