using System.Globalization;
using Cfgen.Cli.Output.Console;
using Cfgen.Cli.Results;
using Cfgen.Counterfactuals;

namespace Cfgen.Cli.Commands.Explain;

/// <summary>What a person wants to know first about an explanation.</summary>
static class ExplainTable
{
    /// <summary>Descriptors shown; all of them are in <c>importances.csv</c>.</summary>
    const int MostImportances = 3;

    /// <summary>Refusing views that are named; all of them are in <c>run.json</c>.</summary>
    const int MostViews = 3;

    /// <summary>The rows in order.</summary>
    public static IEnumerable<(string Key, string Value)> Rows(ExplanationRecord s)
    {
        yield return ("outcome", Outcome(s));
        yield return ("image", Decision(s.Original));
        yield return (s.From is null ? "target" : "from", s.Target.Name);
        yield return ("reconstruction", Decision(s.Reconstructed) + ReconstructionText.Decision(s.Reconstruction));
        yield return ("", ReconstructionText.Likeness(s.Reconstruction));
        yield return ("counterfactual", Decision(s.Counterfactual));
        string after = $"{Number(s.ProbabilityAfter)} after, {Number(s.SavedProbability)} as saved";
        yield return ("probability", $"p({s.Target.Name}) {Number(s.ProbabilityBefore)} before, {after}");
        if (s.Views.Count > 1) yield return ("views", Views(s.Views, away: s.From is not null));
        yield return ("steps", Steps(s));
        string before = s.FirstReached is { } first && first.Step != s.BestStep ? Text($" (first {first.Distance:0.00})") : "";
        yield return ("distance", Text($"{s.Distance:0.00} {DistanceUnits.InWords(s.DistanceUnit)}{before}"));
        string[] changes = [.. s.Importances.Where(i => i.Importance is not 0).Take(MostImportances).Select(Change)];
        if (changes.Length == 0) yield return ("largest changes", "none");
        for (int i = 0; i < changes.Length; i++) yield return (i == 0 ? "largest changes" : "", changes[i]);
        yield return ("files", s.Folder!);
    }

    /// <summary>How many were taken and which is the answer, apart for the way to the first answer and for that to a nearer one.</summary>
    static string Steps(ExplanationRecord s) => s switch
    {
        { FirstReached: { } first } when first.Step < s.Steps =>
            Text($"{first.Step}, then {s.Steps - first.Step} for a nearer answer: ")
                + (s.BestStep == first.Step ? "none" : Text($"step {s.BestStep}")),
        _ when s.Steps == s.BestStep => Text($"{s.Steps}"),
        _ => Text($"{s.Steps}, the best of them is step {s.BestStep}"),
    };

    static string Outcome(ExplanationRecord s) => s.Outcome switch
    {
        SearchOutcome.Reached => "reached",
        SearchOutcome.StepsExhausted => "not reached: all steps were taken (more with --max-steps)",
        SearchOutcome.Stalled => "not reached: the search no longer moved",
        SearchOutcome.NotFinite => "not reached: the networks gave a number that is not finite",
        SearchOutcome.Cancelled => "not reached: interrupted",
        _ => throw new ArgumentOutOfRangeException(nameof(s), s.Outcome, "not an outcome"),
    };

    /// <summary>How many views hold and, where some do not, which of them refuse most.</summary>
    static string Views(IReadOnlyList<ViewRecord> views, bool away)
    {
        IEnumerable<ViewRecord> worstFirst = views.Where(view => !view.Holds).OrderBy(view => away ? -view.Probability : view.Probability);
        ViewRecord[] refusing = [.. worstFirst.Take(MostViews)];
        int holding = views.Count(view => view.Holds);
        if (refusing.Length == 0) return Text($"the answer holds under all {views.Count}");
        string list = string.Join(", ", refusing.Select(view => $"{view.View} {Number(view.Probability)}"));
        string more = views.Count - holding > refusing.Length ? ", ..." : "";
        return Text($"it holds under {holding} of {views.Count}; refusing: {list}{more}");
    }

    static string Decision(DecisionRecord decision) => decision.Class.WithProbability(decision.Probability);

    static string Change(ImportanceRecord i)
    {
        string standardised = i.Standardised is { } z ? Text($" ({z:+0.0;-0.0;0.0} standard deviations)") : "";
        return $"{i.Descriptor} {ChangeText.Of(i)}{standardised}";
    }

    static string Number(double? value) => value is { } x ? x.ToString("0.0000", CultureInfo.InvariantCulture) : "not finite";

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
