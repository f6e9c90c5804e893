namespace Cfgen.StyleGan.Pickles;

/// <summary>
/// What Python would have made by calling a function or a class: the callee's name and what it would have been given. It was not called.
/// </summary>
public sealed class PickleCall(PickleGlobal callee, IReadOnlyList<PickleValue> arguments) : PickleValue
{
    readonly List<PickleValue> _appended = [];

    /// <summary>The function or class.</summary>
    public PickleGlobal Callee { get; } = callee;

    /// <summary>The arguments by position.</summary>
    public IReadOnlyList<PickleValue> Arguments { get; } = arguments;

    /// <summary>The arguments by name, if there were any.</summary>
    public PickleDict? Keywords { get; init; }

    /// <summary>Whether an object of a class was wanted without its constructor (NEWOBJ), rather than a call (REDUCE).</summary>
    public bool IsNewObject { get; init; }

    /// <summary>What the object would then have been given as its state (BUILD), if anything: usually its attributes by name.</summary>
    public PickleValue? State { get; internal set; }

    /// <summary>What would have been appended to the object.</summary>
    public IReadOnlyList<PickleValue> Appended => _appended;

    /// <summary>What would have been set in the object by key.</summary>
    public PickleDict Items { get; } = new();

    internal void Add(PickleValue item) => _appended.Add(item);

    /// <inheritdoc/>
    public override string ToString() => IsNewObject ? $"an object of the class {Callee}" : $"a call of {Callee}";
}
