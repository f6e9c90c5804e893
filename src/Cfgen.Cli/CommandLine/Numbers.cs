using System.CommandLine.Parsing;
using System.Globalization;

namespace Cfgen.Cli.CommandLine;

/// <summary>
/// Parsers for numeric options: text and range are checked together, and the same in every culture.
/// Range checks do not go into <c>Option.Validators</c>: there, asking for the value throws where the text is no number.
/// </summary>
static class Numbers
{
    /// <summary>A point, an exponent, a sign; no group separators, or <c>0,5</c> would be read as 5.</summary>
    const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Whole numbers from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public static Func<ArgumentResult, int?> Whole(int min, int max) => result =>
    {
        if (int.TryParse(result.Text(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= min
            && value <= max)
            return value;
        result.Refuse(string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}"));
        return null;
    };

    /// <summary>The open interval: numbers above <paramref name="min"/> and below <paramref name="max"/>.</summary>
    public static Func<ArgumentResult, double?> Between(double min, double max, double example) =>
        Number(x => x > min && x < max,
            string.Create(CultureInfo.InvariantCulture, $"a number above {min} and below {max}, such as {example}"));

    /// <summary>The half-open interval: numbers above <paramref name="min"/>, up to <paramref name="max"/>.</summary>
    public static Func<ArgumentResult, double?> Above(double min, double max, double example) =>
        Number(x => x > min && x <= max,
            string.Create(CultureInfo.InvariantCulture, $"a number above {min} and at most {max}, such as {example}"));

    /// <summary>The closed interval: numbers from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public static Func<ArgumentResult, double?> From(double min, double max, double example) =>
        Number(x => x >= min && x <= max, string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}, such as {example}"));

    // Not-a-number fails every comparison, so that no range takes it.
    static Func<ArgumentResult, double?> Number(Func<double, bool> accepts, string expected) => result =>
    {
        string text = result.Text();
        if (double.TryParse(text, Style, CultureInfo.InvariantCulture, out double value) && accepts(value)) return value;
        string withPoint = text.Replace(',', '.');
        bool comma =
            withPoint != text && double.TryParse(withPoint, Style, CultureInfo.InvariantCulture, out double meant) && accepts(meant);
        result.Refuse(expected, comma ? $"write it with a point: {result.NameOnLine()} {withPoint}" : null);
        return null;
    };
}
