using System.Globalization;
using Cfgen.Cli.Output.Json;

namespace Cfgen.Cli.Bundles;

/// <summary>The classes of a classifier by index and by name.</summary>
/// <param name="told">Names in the order of the outputs; null where the bundle names none. Those of another number of classes belong to another classifier and do not count.</param>
/// <param name="count">Number of classes.</param>
sealed class ClassNames(IReadOnlyList<string>? told, int count)
{
    readonly IReadOnlyList<string>? names = told?.Count == count ? told : null;

    /// <summary>The class of an index; where it has no name, the index is its name.</summary>
    public ClassRecord this[int index] => new() { Index = index, Name = names?[index] ?? index.ToString(CultureInfo.InvariantCulture) };

    /// <summary>The index of a class given by name (first, and without regard to case where that is unambiguous) or by index.</summary>
    /// <exception cref="InputException">There is no such class.</exception>
    public int Find(string text)
    {
        if (names is not null)
        {
            for (int i = 0; i < count; i++) if (names[i] == text) return i;
            int[] similar = [.. Enumerable.Range(0, count).Where(i => names[i].Equals(text, StringComparison.OrdinalIgnoreCase))];
            if (similar is [int only]) return only;
        }
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < count) return index;
        string? nearest = Nearest.Of(text, names ?? []);
        throw new InputException(new("class-unknown", "the classifier has no such class")
        {
            Where = "--target-class",
            Found = $"'{text}'",
            Expected = names is null ? Text($"an index from 0 to {count - 1}") : Text($"{Listed(names)}, or an index from 0 to {count - 1}"),
            Fix = nearest is null ? "name one of these classes" : $"did you mean '{nearest}'?",
        });
    }

    static string Listed(IReadOnlyList<string> names)
    {
        const int most = 20;
        return string.Join(", ", names.Take(most)) + (names.Count > most ? Text($" and {names.Count - most} more") : "");
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
