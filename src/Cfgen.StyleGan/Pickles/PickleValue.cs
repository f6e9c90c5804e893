namespace Cfgen.StyleGan.Pickles;

/// <summary>One Python object as data. Nothing behind it was imported, called or resolved.</summary>
/// <remarks>
/// Values compare by reference, as memoised Python objects do; lists, dictionaries, sets and calls may contain themselves, so that whoever
/// walks them has to bound the walk.
/// </remarks>
public abstract class PickleValue
{
    /// <summary>Where the opcode that made it stands, in bytes from the start of the file.</summary>
    public long Offset { get; init; }

    /// <summary>What it is, in a few words for an error: never its whole content.</summary>
    public abstract override string ToString();

    /// <summary>How many values lie inside one another at least, as far as was known when it was made.</summary>
    internal int Depth { get; set; }

    /// <summary>Text from the file made fit for a part of one line of a message.</summary>
    internal static string Shown(string text)
    {
        const int longest = 80;
        return ShownText.Of(text, longest);
    }
}
