namespace Cfgen.StyleGan.Pickles;

/// <summary>A list.</summary>
public sealed class PickleList : PickleValue
{
    readonly List<PickleValue> _items = [];

    /// <summary>The items.</summary>
    public IReadOnlyList<PickleValue> Items => _items;

    internal void Add(PickleValue item) => _items.Add(item);

    /// <inheritdoc/>
    public override string ToString() => $"a list of {Items.Count}";
}
