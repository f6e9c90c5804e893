namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// One axis of a convolution that only moves or picks out: a kernel of zeros with a 1 at <see cref="At"/>, and the padding before and
/// behind.
/// </summary>
readonly record struct WindowShift(long Kernel, long At, long PadBegin, long PadEnd);
