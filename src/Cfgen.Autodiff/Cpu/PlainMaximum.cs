using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Cpu;

/// <summary>By comparing with the maximum.</summary>
/// <param name="ops">The graph.</param>
/// <param name="inside">Where a position is an element and not padding, whose zeros may equal the maximum too; null where it is always
/// one.</param>
sealed class PlainMaximum(GraphWriter ops, Func<long, string?> inside) : IMaximumArithmetic
{
    public string IsLargest(string element, string maximum, long position)
    {
        string largest = ops.Cast(ops.Equal(element, maximum), ops.RealType);
        return inside(position) is { } elements ? ops.Mul(largest, elements) : largest;
    }

    public string Subtract(string a, string b) => ops.Sub(a, b);
}
