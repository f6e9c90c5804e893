using Cfgen.StyleGan.Generators;
using Cfgen.StyleGan.Torch;

namespace Cfgen.StyleGan.StyleGan2;

/// <summary>A SynthesisLayer: a 3x3 convolution in which the code scales the input's channels, with noise, bias and rectifier.</summary>
/// <param name="Inputs">Channels that come in.</param>
/// <param name="Outputs">Channels that go out.</param>
/// <param name="Resolution">Rows and columns of what goes out.</param>
sealed record StyledLayer(int Inputs, int Outputs, int Resolution)
{
    /// <summary>Rows and columns of the kernel.</summary>
    public const int Kernel = 3;

    /// <summary>Slope of the rectifier for negative numbers.</summary>
    public const float NegativeSlope = 0.2f;

    /// <summary>[outputs, inputs, 3, 3].</summary>
    public required float[] Weight { get; init; }

    /// <summary>[outputs].</summary>
    public required float[] Bias { get; init; }

    /// <summary>Makes the styles: [N, w_dim] to [N, inputs].</summary>
    public required FullyConnected Affine { get; init; }

    /// <summary>The filter where the layer enlarges by 2.</summary>
    public ResamplingFilter? Enlargement { get; init; }

    /// <summary>The fixed noise times its strength, [resolution, resolution]; null where there is none.</summary>
    public float[]? Noise { get; init; }

    /// <summary>Factor of the rectifier's output.</summary>
    public required double Gain { get; init; }

    /// <summary>Largest absolute value of the output; null for no bound.</summary>
    public double? Clamp { get; init; }

    /// <summary>Reads a layer.</summary>
    /// <param name="module">The layer's module.</param>
    /// <param name="wDim">Length of a code.</param>
    /// <param name="inputs">Channels that come in.</param>
    /// <param name="resolution">Rows and columns of what goes out.</param>
    /// <param name="enlarges">Whether it enlarges by 2.</param>
    /// <param name="noise">Whether the fixed noise is added.</param>
    /// <exception cref="InputException">
    /// It does not fit its place, is not finite, or computes something that cannot be imported.
    /// </exception>
    public static StyledLayer Read(PersistentModule module, int wDim, int inputs, int resolution, bool enlarges, NoiseMode noise)
    {
        module.Require("resolution", resolution);
        module.Require("up", enlarges ? 2 : 1);
        module.Require("padding", Kernel / 2);
        module.Require("activation", "lrelu");
        int outputs = module.Outputs("weight");
        return new(inputs, outputs, resolution)
        {
            Weight = module.Finite("weight", outputs, inputs, Kernel, Kernel),
            Bias = module.Finite("bias", outputs),
            Affine = FullyConnected.Read(module.Child("affine"), wDim, inputs),
            Enlargement = enlarges ? ResamplingFilter.Of(module) : null,
            Noise = noise == NoiseMode.Constant && module.Bool("use_noise", true) ? ScaledNoise(module, resolution) : null,
            Gain = module.Gain("act_gain", Math.Sqrt(2)),
            Clamp = module.Clamp(),
        };
    }

    static float[]? ScaledNoise(PersistentModule module, int resolution)
    {
        float strength = module.Finite("noise_strength")[0];
        return strength == 0 ? null : Array.ConvertAll(module.Finite("noise_const", resolution, resolution), v => v * strength);
    }
}
