namespace Cfgen.OnnxFormat.Storage;

/// <summary>After an error, what stood at a place could not be put back there. It is not lost: it lies elsewhere.</summary>
public sealed class NotRestoredException : IOException
{
    /// <param name="target">Where it stood.</param>
    /// <param name="lies">Where it lies now.</param>
    /// <param name="cause">The error before.</param>
    public NotRestoredException(string target, string lies, Exception cause)
        : base($"what stood at '{target}' could not be put back, and lies at '{lies}' ({cause.Message})", cause) => Lies = lies;

    /// <summary>Where it lies now.</summary>
    public string Lies { get; }
}
