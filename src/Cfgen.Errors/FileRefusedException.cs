namespace Cfgen;

/// <summary>A file was not opened, or not read to its end, for a reason that the caller puts into the words of what it wanted.</summary>
/// <param name="fault">Why.</param>
/// <param name="found">What stands there, in words.</param>
/// <param name="inner">What the system said.</param>
public sealed class FileRefusedException(FileFault fault, string found, Exception? inner = null) : IOException(found, inner)
{
    /// <summary>Why.</summary>
    public FileFault Fault { get; } = fault;

    /// <summary>What stands there, in words.</summary>
    public string Found { get; } = found;
}
