using System.Numerics;

namespace Cfgen.StyleGan.Pickles;

/// <summary>A whole number of any size.</summary>
public sealed class PickleInt(BigInteger value) : PickleValue
{
    /// <summary>The value.</summary>
    public BigInteger Value { get; } = value;

    /// <inheritdoc/>
    public override string ToString() => Value.GetByteCount() <= 32 ? $"the number {Value}" : $"a number of {Value.GetByteCount()} bytes";
}
