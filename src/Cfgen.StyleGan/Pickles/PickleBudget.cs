namespace Cfgen.StyleGan.Pickles;

/// <summary>
/// What is left of the limits; one for all streams of a file, so that many small ones cannot do what one large one may not.
/// </summary>
sealed class PickleBudget(PickleLimits limits)
{
    // A value with its place on the stack and in the memo, rounded up.
    const int BytesPerOpcode = 160;

    int _opcodes = limits.Opcodes;
    long _memory = limits.Memory;
    long _copies = limits.Copies;

    public PickleLimits Limits { get; } = limits;

    /// <summary>Counts one opcode.</summary>
    /// <exception cref="InputException">There are too many.</exception>
    public void Step(PickleStream stream)
    {
        if (--_opcodes < 0) throw stream.OverLimit("opcodes", Limits.Opcodes);
        Allocate(stream, BytesPerOpcode);
    }

    /// <summary>Counts memory that is about to be allocated.</summary>
    /// <exception cref="InputException">It is too much.</exception>
    public void Allocate(PickleStream stream, long bytes)
    {
        _memory -= bytes;
        if (_memory < 0) throw stream.OverLimit("bytes of memory for its objects", Limits.Memory);
    }

    /// <summary>Counts what a call is about to look at.</summary>
    /// <remarks>One list can be given to any number of calls, so that the work may exceed the file by far.</remarks>
    /// <exception cref="InputException">It is too much.</exception>
    public void Copy(PickleStream stream, long count)
    {
        _copies -= count;
        if (_copies < 0) throw stream.OverLimit("values copied by calls", Limits.Copies);
    }
}
