namespace Cfgen.StyleGan.StyleGan2;

/// <summary>
/// What is added to the activations of StyleGAN2, which it was trained with for hair, pores and the like. Noise drawn anew for each picture
/// is not offered: answers are reproducible.
/// </summary>
public enum NoiseMode
{
    /// <summary>The noise that the network holds, the same for every picture.</summary>
    Constant,

    /// <summary>None: smoother pictures, which depend on the code alone.</summary>
    None,
}
