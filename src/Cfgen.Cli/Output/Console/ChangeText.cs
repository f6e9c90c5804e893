using System.Globalization;
using Cfgen.Cli.Results;

namespace Cfgen.Cli.Output.Console;

/// <summary>
/// How far a descriptor moved, with the digits that mean something: what is measured on pixels is no truer than these.
/// <c>importances.csv</c> has all of them.
/// </summary>
static class ChangeText
{
    /// <summary>Such as <c>+2.2 px</c>, or <c>-1</c> for what is counted.</summary>
    public static string Of(ImportanceRecord change)
    {
        if (change.Importance is not { } value) return "not finite";
        (int digits, string unit) = change.Unit switch
        {
            "deg" => (0, " degrees"),
            "px2" => (0, " square pixels"),
            "px" => (1, " pixels"),
            "count" => (0, ""),
            "1" => (2, ""),
            _ => (2, " " + change.Unit),
        };
        double rounded = Math.Round(value, digits) + 0.0; // for the negative of 0 would be written -0
        string sign = rounded > 0 ? "+" : "";
        return sign + rounded.ToString("F" + digits, CultureInfo.InvariantCulture) + unit;
    }
}
