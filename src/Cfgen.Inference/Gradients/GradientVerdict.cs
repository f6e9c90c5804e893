namespace Cfgen.Inference.Gradients;

/// <summary>What a comparison of a gradient with differences came to.</summary>
public enum GradientVerdict
{
    /// <summary>Wherever there is a derivative, the gradient is it.</summary>
    Agrees,

    /// <summary>In some direction it is not.</summary>
    Disagrees,

    /// <summary>Every direction met a kink, or changed the outputs by less than they are rounded to: nothing was compared.</summary>
    Undecided,
}
