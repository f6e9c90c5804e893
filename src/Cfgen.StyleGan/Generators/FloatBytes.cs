using System.Buffers;
using System.Runtime.InteropServices;

namespace Cfgen.StyleGan.Generators;

/// <summary>The bytes of an array of single precision, where they are: large weights are not copied to be written.</summary>
sealed class FloatBytes(float[] values) : MemoryManager<byte>
{
    /// <inheritdoc/>
    public override Span<byte> GetSpan() => MemoryMarshal.AsBytes(values.AsSpan());

    /// <summary>Refused: nothing that reads weights needs them to stay in place.</summary>
    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }
}
