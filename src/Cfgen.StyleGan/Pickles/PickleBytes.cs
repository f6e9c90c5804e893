namespace Cfgen.StyleGan.Pickles;

/// <summary>A bytes or bytearray object: where the file holds it in one piece, a slice of the file itself.</summary>
public sealed class PickleBytes(ReadOnlyMemory<byte> value) : PickleValue
{
    /// <summary>The value.</summary>
    public ReadOnlyMemory<byte> Value { get; } = value;

    /// <summary>Where its first byte stands in the file; that of its opcode where it is no slice of it.</summary>
    public long ContentOffset { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Value.Length:N0} bytes";
}
