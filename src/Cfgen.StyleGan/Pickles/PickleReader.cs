namespace Cfgen.StyleGan.Pickles;

/// <summary>Reads Python pickles of the protocols 0 to 5 as data.</summary>
/// <remarks>
/// A pickle is a program for a stack machine that may call any function. This reader follows the machine, but where the program names a
/// function it keeps the name, and where it calls one it keeps what would have been called with what. Calls outside
/// <see cref="KnownCallees"/> are refused. Format: Python's <c>Lib/pickletools.py</c>, PEP 307, PEP 3154, PEP 574.
/// </remarks>
public static class PickleReader
{
    /// <summary>Reads one pickle that fills <paramref name="bytes"/>. The values share its memory.</summary>
    /// <param name="bytes">The whole pickle.</param>
    /// <param name="limits">What is refused as too much; the defaults if null.</param>
    /// <param name="name">What to call it in an error: usually the file's path.</param>
    /// <exception cref="InputException">It is cut off, damaged, above a limit, or asks for something that is not data.</exception>
    public static PickleValue Read(ReadOnlyMemory<byte> bytes, PickleLimits? limits = null, string name = "the pickle")
    {
        PickleStream stream = new(name, bytes, 0);
        PickleValue value = ReadNext(stream, new PickleBudget(limits ?? new()));
        stream.RequireEnd();
        return value;
    }

    /// <summary>Reads the pickle at the stream's position, and leaves the stream behind it.</summary>
    /// <param name="stream">Where it stands.</param>
    /// <param name="budget">What may still be used.</param>
    /// <param name="outside">Gets the objects kept outside the pickle, in the order of the file.</param>
    internal static PickleValue ReadNext(PickleStream stream, PickleBudget budget, List<PicklePersistentId>? outside = null) =>
        new PickleMachine(stream, budget, outside).Run();
}
