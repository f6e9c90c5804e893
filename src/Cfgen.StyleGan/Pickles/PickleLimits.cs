namespace Cfgen.StyleGan.Pickles;

/// <summary>How much of a pickle is read before it is refused. Networks of 1024 pixels stay below a tenth of each.</summary>
public sealed record PickleLimits
{
    /// <summary>Opcodes in all streams of a file together. Default 1,000,000.</summary>
    public int Opcodes { get; init; } = 1_000_000;

    /// <summary>Values on the stack. Default 100,000.</summary>
    public int Stack { get; init; } = 100_000;

    /// <summary>Entries of the memo. Default 300,000.</summary>
    public int Memo { get; init; } = 300_000;

    /// <summary>How often one entry of the memo is fetched. Default 50,000: few names recur more often than there are modules.</summary>
    public int GetsPerPut { get; init; } = 50_000;

    /// <summary>Marks that are open at once, and values inside one another. Default 500; a network needs less than 40.</summary>
    public int Depth { get; init; } = 500;

    /// <summary>Length of one text in bytes. Default 16 MiB; source texts have less than 0.1.</summary>
    public int TextBytes { get; init; } = 16 << 20;

    /// <summary>Length of one whole number in bytes. Default 256.</summary>
    public int NumberBytes { get; init; } = 256;

    /// <summary>Memory for what is made from the file, in bytes: an upper estimate, without the file itself. Default 192 MiB.</summary>
    public long Memory { get; init; } = 192L << 20;

    /// <summary>Values and letters that calls look at or copy, all of them together. Default 4,000,000.</summary>
    public long Copies { get; init; } = 4_000_000;

    /// <summary>Letters of the name of a module, class or function. Default 1,000.</summary>
    public int NameLength { get; init; } = 1_000;

    /// <summary>
    /// Whether a call of something unknown is kept as an inert <see cref="PickleCall"/> rather than refused. Default no: a network needs
    /// none.
    /// </summary>
    public bool KeepUnknownCalls { get; init; }
}
