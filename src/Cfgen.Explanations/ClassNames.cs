using System.Globalization;

namespace Cfgen.Explanations;

/// <summary>The classes of a classifier by index and by name.</summary>
/// <param name="given">Names in the order of the outputs; null where the bundle names none. Those of another number of classes belong to
/// another classifier and do not count.</param>
/// <param name="count">Number of classes.</param>
public sealed class ClassNames(IReadOnlyList<string>? given, int count)
{
    /// <summary>Most names that an error lists.</summary>
    const int MostListed = 20;

    readonly IReadOnlyList<string>? _names = given?.Count == count ? given : null;

    /// <summary>The class of an index; where it has no name, the index is its name.</summary>
    public NamedClass this[int index] => new(index, _names?[index] ?? index.ToString(CultureInfo.InvariantCulture));

    /// <summary>The index of a class given by name (first, and without regard to case where that is unambiguous) or by index.</summary>
    /// <exception cref="InputException">There is no such class.</exception>
    public int Find(string text)
    {
        if (_names is not null)
        {
            for (int i = 0; i < count; i++) if (_names[i] == text) return i;
            int[] similar = [.. Enumerable.Range(0, count).Where(i => _names[i].Equals(text, StringComparison.OrdinalIgnoreCase))];
            if (similar is [int only]) return only;
        }
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < count) return index;
        string? nearest = Nearest.Of(text, _names ?? []);
        throw new InputException(new("class-unknown", "the classifier has no such class")
        {
            Where = "--target-class",
            Found = $"'{text}'",
            Expected = (_names is null ? "" : $"{List(_names)}, or ") + Text($"an index from 0 to {count - 1}"),
            Fix = nearest is null ? "name one of these classes" : $"did you mean '{nearest}'?",
        });
    }

    static string List(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostListed)) + (names.Count > MostListed ? Text($" and {names.Count - MostListed} more") : "");

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
