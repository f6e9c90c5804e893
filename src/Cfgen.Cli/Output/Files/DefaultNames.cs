using System.Globalization;
using System.Text;
using Cfgen.Counterfactuals;

namespace Cfgen.Cli.Output.Files;

/// <summary>Names of the folders that results go to where none was given.</summary>
static class DefaultNames
{
    /// <summary>What file systems or shells take for something else than a part of a name.</summary>
    const string Special = "/\\:*?\"<>|$`";

    /// <summary>For what was done to an image.</summary>
    /// <param name="image">Its path.</param>
    /// <param name="done">What, such as <c>projected</c> or <c>to-nine</c>.</param>
    /// <returns>A name that every file system takes; a long one is shortened.</returns>
    public static string Of(string image, string done) => ShortName.Of($"{Usable(Path.GetFileNameWithoutExtension(image))}-{done}");

    /// <summary>How a direction is called in a name and in a sentence: <c>to</c> or <c>from</c>.</summary>
    public static string Way(SearchDirection direction) => direction is SearchDirection.Increase ? "to" : "from";

    /// <summary>For a search towards or away from a class, which may have any name.</summary>
    /// <param name="image">Its path.</param>
    /// <param name="way"><c>to</c> or <c>from</c>.</param>
    /// <param name="className">The class.</param>
    public static string Of(string image, string way, string className) =>
        Of(image, $"{way}-{Only(className, rune => Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '_' or '.')}");

    /// <summary>
    /// The name of an image is one that its file system takes already; others, shells and terminals may not take all of it.
    /// </summary>
    static string Usable(string name)
    {
        string usable = Only(name, IsUsable);
        return usable.StartsWith('-') ? "_" + usable[1..] : usable; // else every program would take it for an option
    }

    static string Only(string text, Func<Rune, bool> kept) =>
        string.Concat(text.EnumerateRunes().Select(rune => kept(rune) ? rune.ToString() : "_"));

    static bool IsUsable(Rune rune) =>
        !(rune.IsAscii && Special.Contains((char)rune.Value, StringComparison.Ordinal))
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
        && rune.Value != 0xFFFD;
}
