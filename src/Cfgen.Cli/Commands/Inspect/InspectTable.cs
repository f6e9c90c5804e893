using System.Globalization;
using Cfgen.Cli.Output.Json;

namespace Cfgen.Cli.Commands.Inspect;

/// <summary>What a bundle or model holds, for a person.</summary>
static class InspectTable
{
    /// <summary>Operators named for each model, the most used first.</summary>
    const int MostOperators = 8;

    /// <summary>The rows in order.</summary>
    public static IEnumerable<(string Key, string Value)> Rows(InspectRecord record)
    {
        yield return ("path", record.Path);
        if (record.Bundle is { } bundle) yield return ("bundle", bundle);
        foreach ((string, string) row in record.Models.SelectMany(Model)) yield return row;
        if (record.Classes.Count > 0) yield return ("classes", string.Join(", ", record.Classes));
        foreach ((SettingRecord setting, int i) in record.Search.Select((s, i) => (s, i)))
            yield return (i == 0 ? "search" : "", setting.ToText());
        if (record.ClassifierRunsPerStep is { } runs)
            yield return ("step", string.Create(CultureInfo.InvariantCulture, $"runs the generator once and the classifier {Times(runs)}"));
        foreach (string note in record.Notes) yield return ("note", note);
        if (record.Origin is { } origin) yield return ("origin", origin);
        if (record.Licence is { } licence) yield return ("licence", licence);
        foreach (string missing in record.Missing) yield return ("missing", missing);
        foreach (Problem problem in record.Problems)
        {
            string key = "problem";
            foreach (string line in problem.ToString().Split('\n'))
            {
                yield return (key, line);
                key = "";
            }
        }
    }

    static IEnumerable<(string Key, string Value)> Model(ModelRecord model)
    {
        yield return (model.Role, string.Create(
            CultureInfo.InvariantCulture,
            $"{model.File}, {model.Bytes / 1e6:0.00} MB, {model.Parameters:N0} parameters, opset {model.Opset}"));
        foreach (PortRecord port in model.Inputs) yield return ("", $"in   {port.ToText()}");
        foreach (PortRecord port in model.Outputs) yield return ("", $"out  {port.ToText()}");
        yield return ("", $"     {Operators(model.Operators)}");
        if (model.Memory is not { } memory) yield break;
        string gradient = HasGradient(model.Role) && memory.Gradient is { } both
            ? string.Create(CultureInfo.InvariantCulture, $", {both / 1e6:N1} MB with its gradient")
            : "";
        yield return ("", string.Create(
            CultureInfo.InvariantCulture, $"     needs about {memory.Forward / 1e6:N1} MB for one picture{gradient}"));
        if (memory.Explain is { } explain)
            yield return ("", string.Create(
                CultureInfo.InvariantCulture,
                $"     explain will need about {explain / 1e9:0.0} GB of memory with it, the program included"));
    }

    static string Times(int runs) =>
        runs == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{runs} times, once for each view");

    // A search goes back through these; encoder and mapping are only run.
    static bool HasGradient(string role) => role is "generator" or "classifier" or "model";

    static string Operators(IReadOnlyDictionary<string, int> operators)
    {
        IEnumerable<string> shown = operators
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(MostOperators).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value} {pair.Key}"));
        int others = operators.Count - MostOperators;
        return string.Join(", ", shown)
            + (others > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {others} more kinds of operators") : "");
    }
}
