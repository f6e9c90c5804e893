namespace Cfgen.Autodiff.Tests;

/// <summary>The table of rules, the files of the rules and the cases of these tests belong together.</summary>
public sealed class RuleTableTests
{
    static readonly GradientRuleEntry[] s_rows = [.. GradientRules.All];

    /// <summary>What ONNX Runtime cannot run or tell the shape of: <see cref="UninferredOperatorTests"/> has these.</summary>
    static readonly string[] s_withoutCase = ["MeanVarianceNormalization", "Swish"];

    [Fact]
    public void Rows_stand_in_the_order_of_the_alphabet() =>
        Assert.Equal(s_rows.Select(r => r.OpType).Order(StringComparer.Ordinal), s_rows.Select(r => r.OpType));

    [Fact]
    public void Every_row_with_a_rule_has_a_case() =>
        Assert.Empty(s_rows.Where(r => r.Rule is not null).Select(r => r.OpType).Except(GradientCases.All.Select(c => c.OpType))
            .Except(s_withoutCase));

    /// <summary>Rules take inputs, attributes and numbers of axes for granted.</summary>
    [Fact]
    public void Every_operator_with_a_row_is_checked_before_it_is_differentiated() =>
        Assert.All(s_rows, row => Assert.True(OnnxFormat.Checking.ModelChecker.Knows(row.OpType), row.OpType));

    [Fact]
    public void Every_case_has_a_row_with_a_rule() =>
        Assert.Empty(GradientCases.All.Select(c => c.OpType).Except(s_rows.Where(r => r.Rule is not null).Select(r => r.OpType)));

    [Fact]
    public void Every_differentiable_input_is_varied_in_some_case() => Assert.All(
        from row in s_rows
        where row.Rule is not null && !s_withoutCase.Contains(row.OpType)
        from i in Enumerable.Range(
            0, GradientCases.All.Where(c => c.OpType == row.OpType).Select(c => c.Inputs.Length).DefaultIfEmpty().Max())
        where row.Differentiates(i)
        select (row.OpType, Input: i),
        input => Assert.Contains(
            GradientCases.All,
            c => c.OpType == input.OpType && c.Inputs.Length > input.Input && c.Inputs[input.Input].Role == OperandRole.Variable));

    [Fact]
    public void Every_rule_has_a_file_of_its_name_and_every_such_file_a_row()
    {
        IEnumerable<string> files =
            from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Cfgen.Autodiff", "Rules"), "*Gradient.cs")
            select Path.GetFileNameWithoutExtension(path);
        IEnumerable<string> rules = s_rows.Where(r => r.Rule is not null).Select(r => r.Rule!.Method.DeclaringType!.Name);

        Assert.Equal(files.Order(StringComparer.Ordinal), rules.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Rows_begin_at_the_oldest_opset_that_is_read_and_reach_to_the_newest_that_was_checked() => Assert.All(s_rows, row =>
    {
        Assert.InRange(row.Since, OnnxFormat.OpsetRaiser.Oldest, row.Until);
        Assert.Equal(GradientGraph.NewestOpset, row.Until);
    });
}
