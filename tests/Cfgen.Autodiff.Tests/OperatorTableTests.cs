using System.Globalization;
using System.Text;
using Cfgen.OnnxFormat.Normalisation;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>docs/operators.md tells what the table of rules and the cases say; <c>CFGEN_UPDATE_GOLDEN=1</c> writes it anew.</summary>
public sealed class OperatorTableTests
{
    [Fact]
    public void The_page_of_operators_is_up_to_date() => Golden.MatchesFile(Path.Combine(Repository.Root, "docs", "operators.md"), Page());

    static string Page()
    {
        StringBuilder page = new();
        page.Append("# Operators and their gradients\n\n");
        page.Append(
            "Written by `tests/Cfgen.Autodiff.Tests` from the table of rules and its cases. A model of an opset before the one given, down "
                + "to 7, is first brought to a newer one.\n");
        page.Append(
            "\"Cases\" are uses of the operator whose gradient is compared with central differences, in the precision given: double "
                + "wherever ONNX Runtime has such a kernel.\n\n");
        page.Append("| operator | opsets | inputs without gradient | cases | precision |\n| --- | --- | --- | --- | --- |\n");
        foreach (GradientRuleEntry row in GradientRules.All.Where(r => r.Rule is not null))
        {
            GradientCase[] cases = [.. GradientCases.All.Where(c => c.OpType == row.OpType)];
            string precision =
                cases.Length == 0 ? "a formula" : string.Join(", ", cases.Select(c => c.Type is DataType.Double ? "double" : "single")
                    .Distinct().Order(StringComparer.Ordinal));
            string stopped = row.NonDifferentiable.Length == 0 ? "" : string.Join(", ", row.NonDifferentiable);
            page.Append(
                CultureInfo.InvariantCulture,
                $"| {row.OpType} | {row.Since} to {row.Until} | {stopped} | {cases.Length} | {precision} |\n");
        }
        page.Append("\n## Derivative zero\n\nThese change in steps, or give numbers that are not real; no gradient flows through them: ");
        page.Append(string.Join(", ", GradientRules.All.Where(r => r.Rule is null).Select(r => r.OpType))).Append(".\n\n");
        page.Append(
            "## Replaced beforehand\n\nThese need no rule: operators that they stand for are put in their place when a model is prepared. "
                + "`If`, `Loop`, `Scan`, `RNN`, `GRU` and `LSTM` are replaced where their course is known,\n");
        page.Append("as [gradient.md](gradient.md#loops-and-branches) tells; the others are ")
            .Append(string.Join(", ", Decomposition.Operators.Except(["GRU", "LSTM", "RNN", .. GradientRules.All.Select(r => r.OpType)])))
            .Append(".\n\n");
        page.Append("Any other operator on the way is refused by name, with all the others, before anything is built.\n");
        return page.ToString();
    }
}
