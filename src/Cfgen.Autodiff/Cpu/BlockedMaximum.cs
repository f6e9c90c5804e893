using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// By convolutions of one element, which stay in the runtime's blocked layout and take sum and limits into them: the padding's zeros count
/// as elements.
/// </summary>
sealed class BlockedMaximum(GraphWriter ops, long channels) : IMaximumArithmetic
{
    // The difference to the maximum is 0 or less; times a huge number it is 0 or beyond -1.
    public string IsLargest(string element, string maximum, long position) =>
        ops.HardSigmoid(ops.Add(element, Negative(maximum)), float.MaxValue, 1);

    public string Subtract(string a, string b) => ops.Add(a, Negative(b));

    string Negative(string x) => BlockedLayout.Times(ops, x, channels, -1);
}
