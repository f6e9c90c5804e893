using Cfgen.StyleGan.Generators;
using Cfgen.StyleGan.Torch;

namespace Cfgen.StyleGan.StyleGan2;

/// <summary>A ToRGBLayer: a 1x1 convolution to the picture's channels in which the code scales the input's channels.</summary>
/// <param name="Inputs">Channels that come in.</param>
/// <param name="Outputs">The picture's channels.</param>
sealed record ColourLayer(int Inputs, int Outputs)
{
    /// <summary>[outputs, inputs].</summary>
    public required float[] Weight { get; init; }

    /// <summary>[outputs].</summary>
    public required float[] Bias { get; init; }

    /// <summary>Makes the styles, the gain of the weights in them: [N, w_dim] to [N, inputs].</summary>
    public required FullyConnected Affine { get; init; }

    /// <summary>Largest absolute value of the output; null for no bound.</summary>
    public double? Clamp { get; init; }

    /// <summary>Reads a layer.</summary>
    /// <exception cref="InputException">It does not fit its place, or is not finite.</exception>
    public static ColourLayer Read(PersistentModule module, int wDim, int inputs, int outputs) => new(inputs, outputs)
    {
        Weight = module.Finite("weight", outputs, inputs, 1, 1),
        Bias = module.Finite("bias", outputs),
        Affine = FullyConnected.Read(module.Child("affine"), wDim, inputs).Times(module.Gain("weight_gain", 1 / Math.Sqrt(inputs))),
        Clamp = module.Clamp(),
    };
}
