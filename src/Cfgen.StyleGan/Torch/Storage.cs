namespace Cfgen.StyleGan.Torch;

/// <summary>A storage of PyTorch: elements of one type in a row, as a slice of the file.</summary>
sealed record Storage(ElementType ElementType, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The number of elements.</summary>
    public long Count => Bytes.Length / ElementType.Size();
}
