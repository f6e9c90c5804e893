namespace Cfgen.StyleGan.Pickles;

/// <summary>A set or frozenset, as it was written: equal items are not joined.</summary>
public sealed class PickleSet : PickleValue
{
    readonly List<PickleValue> _items = [];

    /// <summary>The items in the order of the file.</summary>
    public IReadOnlyList<PickleValue> Items => _items;

    internal void Add(PickleValue item) => _items.Add(item);

    /// <inheritdoc/>
    public override string ToString() => $"a set of {Items.Count}";
}
