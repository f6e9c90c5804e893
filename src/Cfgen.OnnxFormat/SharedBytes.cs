namespace Cfgen.OnnxFormat;

/// <summary>
/// Counts what the tensors of one model read of each data file: many tensors of the same bytes would make much of a small file.
/// </summary>
sealed class SharedBytes
{
    /// <summary>
    /// How often a file's bytes may be read, on average: an embedding and the layer that undoes it may share their weights.
    /// </summary>
    public const int Times = 4;

    /// <summary>What may be read of any file, in bytes, however small it is: constants that are alike may share one place.</summary>
    const long Always = 1L << 24;

    readonly Dictionary<string, long> _read = new(StringComparer.Ordinal);

    /// <summary>Counts a tensor; false where the tensors read too much of the file.</summary>
    /// <param name="path">The file's.</param>
    /// <param name="length">Bytes of the tensor.</param>
    /// <param name="available">Bytes of the file.</param>
    public bool TryAdd(string path, long length, long available) =>
        (_read[path] = _read.GetValueOrDefault(path) + length) <= Math.Max(Always, Times * available);
}
