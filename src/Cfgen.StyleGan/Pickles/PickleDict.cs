using System.Diagnostics.CodeAnalysis;

namespace Cfgen.StyleGan.Pickles;

/// <summary>A dict, an OrderedDict or another class of dictionaries that is read as one, in the order of insertion.</summary>
/// <remarks>
/// As in Python a text key that comes again replaces the value at its first place. Keys of other kinds are kept as they come.
/// </remarks>
public sealed class PickleDict : PickleValue
{
    readonly List<KeyValuePair<PickleValue, PickleValue>> _items = [];
    readonly Dictionary<string, int> _byText = new(StringComparer.Ordinal);

    /// <summary>The keys with their values.</summary>
    public IReadOnlyList<KeyValuePair<PickleValue, PickleValue>> Items => _items;

    /// <summary>The text keys with their values.</summary>
    public IEnumerable<KeyValuePair<string, PickleValue>> TextItems =>
        from item in _items where item.Key is PickleText select KeyValuePair.Create(((PickleText)item.Key).Value, item.Value);

    /// <summary>The value of a text key, if there is one.</summary>
    public bool TryGet(string key, [NotNullWhen(true)] out PickleValue? value)
    {
        value = _byText.TryGetValue(key, out int at) ? _items[at].Value : null;
        return value is not null;
    }

    internal void Set(PickleValue key, PickleValue value)
    {
        if (key is PickleText { Value: var text } && !_byText.TryAdd(text, _items.Count))
            _items[_byText[text]] = new(_items[_byText[text]].Key, value);
        else _items.Add(new(key, value));
    }

    /// <inheritdoc/>
    public override string ToString() => $"a dictionary of {Items.Count}";
}
