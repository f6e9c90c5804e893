namespace Cfgen.StyleGan.Pickles;

/// <summary>A tuple.</summary>
public sealed class PickleTuple(IReadOnlyList<PickleValue> items) : PickleValue
{
    /// <summary>The items.</summary>
    public IReadOnlyList<PickleValue> Items { get; } = items;

    /// <inheritdoc/>
    public override string ToString() => $"a tuple of {Items.Count}";
}
