namespace Cfgen.Autodiff;

/// <summary>
/// What a gradient graph is written for. The gradients are the same up to rounding; only at the bounds of a <c>Clip</c>, where there is no
/// derivative, may they differ.
/// </summary>
public enum GradientTarget
{
    /// <summary>ONNX Runtime on a CPU: where its kernels are faster in another form than the textbook's, that form.</summary>
    Cpu,

    /// <summary>Any runtime on any device: the textbook's form of every gradient.</summary>
    Portable,
}
