using System.Globalization;
using Cfgen.Counterfactuals;

namespace Cfgen.Cli.Output;

/// <summary>What a person wants to know first about an explanation.</summary>
static class ExplainTable
{
    /// <summary>Descriptors shown; all of them are in <c>importances.csv</c>.</summary>
    const int MostImportances = 3;

    /// <summary>The rows in order.</summary>
    public static IEnumerable<(string Key, string Value)> Rows(SummaryRecord s)
    {
        yield return ("outcome", Outcome(s.Outcome));
        yield return ("image", Text($"{s.Original.Class.Name} with probability {Number(s.Original.Probability)}"));
        yield return ("target", s.Target.Name);
        yield return ("probability", Text($"{Number(s.ProbabilityBefore)} before, {Number(s.ProbabilityAfter)} after, {Number(s.SavedProbability)} as saved"));
        yield return ("steps", Text($"{s.Steps}"));
        yield return ("distance", Text($"{s.Distance:0.00} standard deviations of the latent codes"));
        yield return ("reconstruction", ReconstructionText.Of(s.Reconstruction));
        string key = "largest changes";
        foreach (ImportanceRecord importance in s.Importances.Take(MostImportances))
        {
            yield return (key, Change(importance));
            key = "";
        }
        yield return ("files", s.Folder);
    }

    static string Outcome(SearchOutcome outcome) => outcome switch
    {
        SearchOutcome.Reached => "reached",
        SearchOutcome.StepsExhausted => "not reached: all steps were taken (more with --max-steps)",
        SearchOutcome.Stalled => "not reached: the search no longer moved",
        SearchOutcome.NotFinite => "not reached: the networks gave a number that is not finite",
        SearchOutcome.Cancelled => "not reached: interrupted",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "not an outcome"),
    };

    static string Change(ImportanceRecord i)
    {
        string unit = i.Unit == "1" ? "" : " " + i.Unit;
        string standardised = i.Standardised is { } z ? Text($" ({z:+0.00;-0.00} standard deviations)") : "";
        return Text($"{i.Descriptor} {Number(i.Importance, signed: true)}{unit}{standardised}");
    }

    static string Number(double? value, bool signed = false) =>
        value is { } x ? x.ToString(signed ? "+0.####;-0.####;0" : "0.0000", CultureInfo.InvariantCulture) : "not finite";

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
