using System.Globalization;
using Cfgen.Cli.Commands.Gradient.Build;
using Cfgen.Cli.Commands.Gradient.Check;
using Cfgen.Cli.Commands.Gradient.Time;
using Cfgen.Cli.Commands.Inspect;
using Cfgen.Inference.Gradients;

namespace Cfgen.Cli.Commands.Gradient;

/// <summary>What the gradient commands found, for a person.</summary>
static class GradientTable
{
    /// <summary>Kinks told one by one.</summary>
    const int MostKinks = 10;
    const int MostTimes = 12;

    /// <summary>Operators whose gradient is not the derivative of what they compute, which is a staircase.</summary>
    static readonly string[] s_straightThrough = ["DynamicQuantizeLinear", "QuantizeLinear"];

    /// <summary>The rows of a file that was written.</summary>
    public static IEnumerable<(string Key, string Value)> Rows(GradientBuildRecord record)
    {
        yield return ("file", string.Create(
            CultureInfo.InvariantCulture, $"{record.File}, {record.Bytes / 1e6:0.00} MB, opset {record.Opset}"));
        yield return ("gradient of", $"{record.Output} with respect to {string.Join(", ", record.WithRespectTo)}");
        foreach ((string, string) row in Ports("inputs", record.Inputs)) yield return row;
        foreach ((string, string) row in Ports("outputs", record.Outputs)) yield return row;
        yield return ("nodes", string.Create(
            CultureInfo.InvariantCulture, $"{record.NodesBefore:N0} in the model, {record.NodesAfter:N0} with the gradient"));
    }

    /// <summary>The rows of a table of operators, with a head.</summary>
    public static IEnumerable<(string Key, string Value)> Rows(IReadOnlyList<OperatorSupport> operators)
    {
        yield return ("operator", "nodes  rule");
        foreach (OperatorSupport o in operators)
        {
            string rule = o.HasRule ? "yes" : o.IsReplaced ? "none needed: replaced by what it stands for, where that is known" : "no";
            yield return (o.Operator, string.Create(CultureInfo.InvariantCulture, $"{o.Nodes,5}  {rule}"));
        }
    }

    /// <summary>The rows of a comparison.</summary>
    public static IEnumerable<(string Key, string Value)> Rows(GradientCheckRecord record)
    {
        int all = record.Points * record.Directions;
        yield return ("gradient of", $"{record.Output} with respect to {string.Join(", ", record.WithRespectTo)}");
        yield return ("compared", string.Create(
            CultureInfo.InvariantCulture,
            $"{all - record.Kinks.Count - record.BelowRounding} of {all} directions at {record.Points} "
                + $"point{(record.Points == 1 ? "" : "s")}, seed {record.Seed}"));
        yield return ("worst", Line(record.Worst));
        foreach ((DirectionRecord kink, int i) in record.Kinks.Take(MostKinks).Select((kink, i) => (kink, i)))
            yield return (i == 0 ? "kinks" : "", Line(kink));
        if (record.Kinks.Count > MostKinks)
            yield return ("", string.Create(CultureInfo.InvariantCulture, $"and {record.Kinks.Count - MostKinks} more"));
        if (record.BelowRounding > 0)
            yield return ("too small", string.Create(
                CultureInfo.InvariantCulture,
                $"{record.BelowRounding} direction{(record.BelowRounding == 1 ? "" : "s")}: the outputs are rounded to more than they "
                    + $"change by"));
        yield return ("verdict", Verdict(record));
        string[] stairs = [.. record.Operators.Select(o => o.Operator).Intersect(s_straightThrough)];
        if (stairs.Length > 0 && record.Verdict is not GradientVerdict.Agrees)
            yield return ("note",
                $"the gradient passes straight through {string.Join(" and ", stairs)}, whose steps no difference can match");
    }

    /// <summary>The rows of a timing.</summary>
    public static IEnumerable<(string Key, string Value)> Rows(GradientTimeRecord record)
    {
        yield return ("gradient of", $"{record.Output} with respect to {string.Join(", ", record.WithRespectTo)}");
        string threads = record.Threads == 0 ? "a thread for each core"
            : string.Create(CultureInfo.InvariantCulture, $"threads {record.Threads}");
        yield return ("timed", string.Create(
            CultureInfo.InvariantCulture,
            $"{record.Repeat} run{(record.Repeat == 1 ? "" : "s")} of each by turns, batch {record.Batch}, {threads}"));
        yield return ("forward", string.Create(CultureInfo.InvariantCulture, $"{record.ForwardMilliseconds:0.000} ms"));
        yield return ("with gradient", string.Create(CultureInfo.InvariantCulture, $"{record.GradientMilliseconds:0.000} ms"));
        yield return ("ratio", string.Create(
            CultureInfo.InvariantCulture,
            $"{Ratio(record.Ratio)} of time, {Ratio(record.MultiplyAddRatio)} of multiply-adds; the floor that frozen weights allow is "
                + $"{record.Floor:0.0}"));
        yield return ("multiply-adds", $"{"forward",15}  {"with gradient",15}   share");
        foreach (OperatorCostRecord o in record.Operators) yield return (o.Operator, Cost(o.Forward, o.Gradient, o.Share));
        yield return ("total", Cost(record.ForwardMultiplyAdds, record.GradientMultiplyAdds, 1));
        if (record.ComputedWeights is { Convolutions: > 0 } computed)
            yield return ("computed weights", string.Create(
                CultureInfo.InvariantCulture,
                $"{computed.Convolutions} convolution{(computed.Convolutions == 1 ? "" : "s")}, whose weights' gradients are "
                    + $"{computed.MultiplyAdds:N0} or {100 * computed.Share:0} % of the total; with fixed weights the ratio is "
                    + $"{Ratio(computed.RatioWithout)}"));
        yield return ("time by operator", $"{"forward",15}  {"with gradient",15}   share");
        foreach (OperatorTimeRecord o in record.OperatorTimes.Take(MostTimes)) yield return (o.Operator, Times(o));
        if (record.OperatorTimes.Count > MostTimes)
            yield return ("", string.Create(
                CultureInfo.InvariantCulture, $"and {record.OperatorTimes.Count - MostTimes} more; all of them with --json"));
        if (record.Uncounted > 0)
            yield return ("note", string.Create(
                CultureInfo.InvariantCulture,
                $"not counted, of unknown shape: {record.Uncounted} node{(record.Uncounted == 1 ? "" : "s")}"));
    }

    static string Cost(long forward, long gradient, double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{forward,15:N0}  {gradient,15:N0}  {100 * share,4:0} %");

    static string Times(OperatorTimeRecord o) => string.Create(
        CultureInfo.InvariantCulture, $"{o.ForwardMilliseconds,12:0.000} ms  {o.GradientMilliseconds,12:0.000} ms  {100 * o.Share,4:0} %");

    static string Ratio(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "nothing to compare";

    static string Verdict(GradientCheckRecord record) => record.Verdict switch
    {
        GradientVerdict.Agrees => string.Create(
            CultureInfo.InvariantCulture,
            $"agrees within {record.Tolerance}{(record.Kinks.Count > 0 ? "; kinks explain the directions that do not" : "")}"),
        GradientVerdict.Disagrees =>
            string.Create(CultureInfo.InvariantCulture, $"disagrees: the worst error is above {record.Tolerance}, and no kink explains it"),
        _ => record.BelowRounding == 0 ? "undecided: every direction met a kink" : "undecided: no direction could be compared",
    };

    static string Line(DirectionRecord d) => string.Create(CultureInfo.InvariantCulture,
        $"relative error {Number(d.RelativeError)} at point {d.Point}, direction {d.Direction}: gradient {Number(d.Gradient)}, difference "
            + $"{Number(d.Difference)}, gap of the one-sided differences {Number(d.OneSidedGap)}");

    static string Number(double? value) => value?.ToString("G3", CultureInfo.InvariantCulture) ?? "not finite";

    static IEnumerable<(string Key, string Value)> Ports(string name, IReadOnlyList<PortRecord> ports) =>
        ports.Select((port, i) => (i == 0 ? name : "", port.ToText()));
}
