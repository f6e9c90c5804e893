using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Cfgen.Cli.CommandLine;

/// <summary>Two numbers, the smaller first, typed as <c>LOW,HIGH</c>.</summary>
readonly record struct ValueRange(float Low, float High)
{
    const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>An option that takes such a range.</summary>
    public static Option<ValueRange?> Option(string name, string description) =>
        new(name) { HelpName = "LOW,HIGH", Description = description, CustomParser = Parse };

    static ValueRange? Parse(ArgumentResult result)
    {
        if (result.Text().Split(',') is [string first, string second]
            && float.TryParse(first, Style, CultureInfo.InvariantCulture, out float low)
            && float.TryParse(second, Style, CultureInfo.InvariantCulture, out float high)
            && float.IsFinite(low) && float.IsFinite(high) && low < high) return new(low, high);
        result.Refuse("two numbers with a comma between them, the smaller first, such as -1,1");
        return null;
    }
}
