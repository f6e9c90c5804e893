using Cfgen.StyleGan.Generators;
using Cfgen.StyleGan.Torch;

namespace Cfgen.StyleGan.StyleGan2;

/// <summary>The Conv2dLayer around the convolutions of a residual block: a 1x1 convolution that enlarges by 2.</summary>
/// <param name="Inputs">Channels that come in.</param>
/// <param name="Outputs">Channels that go out.</param>
sealed record SkipLayer(int Inputs, int Outputs)
{
    /// <summary>[outputs, inputs], all gains of the layer in it.</summary>
    public required float[] Weight { get; init; }

    /// <summary>The filter.</summary>
    public required ResamplingFilter Enlargement { get; init; }

    /// <summary>Reads a layer.</summary>
    /// <exception cref="InputException">
    /// It does not fit its place, is not finite, or computes something that cannot be imported.
    /// </exception>
    public static SkipLayer Read(PersistentModule module, int inputs, int outputs)
    {
        module.Require("up", 2);
        module.Require("down", 1);
        module.Require("padding", 0);
        module.Require("activation", "linear");
        if (module.TensorOrNull("bias") is not null || module.Clamp() is not null)
            throw module.Unfit(
                "network-attribute", $"the network's {module.ClassName} is not one that can be imported", "a bias or a bound",
                "a skip layer with neither");
        double gain = module.Gain("weight_gain", 1 / Math.Sqrt(inputs)) * module.Gain("act_gain", 1);
        return new(inputs, outputs)
        {
            Weight = Array.ConvertAll(module.Finite("weight", outputs, inputs, 1, 1), v => (float)(v * gain)),
            Enlargement = ResamplingFilter.Of(module),
        };
    }
}
