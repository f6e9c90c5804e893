namespace Cfgen.Autodiff;

/// <summary>Given dL/dy, emits dL/dx for every input of the node; null where the input has no gradient or needs none.</summary>
delegate string?[] GradientRule(GradientContext n);

/// <summary>One row of the table of rules.</summary>
/// <param name="OpType">The operator's name in the standard domain.</param>
/// <param name="Since">First opset whose meaning the rule was checked against.</param>
/// <param name="Until">Last such opset: what is newer is refused, not guessed.</param>
/// <param name="NonDifferentiable">Inputs through which no gradient flows: shapes, axes, indices.</param>
/// <param name="Extents">Shape of the returned gradient, input by input; the last entry holds for the inputs after it.</param>
/// <param name="Rule">The rule, or null for an operator whose derivative is zero wherever it exists.</param>
sealed record GradientRuleEntry(string OpType, int Since, int Until, int[] NonDifferentiable, GradientExtent[] Extents, GradientRule? Rule)
{
    /// <summary>A row whose rule returns gradients of the inputs' own shapes.</summary>
    public GradientRuleEntry(string opType, int since, int until, int[] nonDifferentiable, GradientRule? rule) : this(
        opType, since, until, nonDifferentiable, [GradientExtent.Input], rule)
    { }

    /// <summary>Shape of the gradient returned for input <paramref name="i"/>.</summary>
    public GradientExtent Extent(int i) => Extents[Math.Min(i, Extents.Length - 1)];

    /// <summary>Whether a gradient flows to input <paramref name="i"/>.</summary>
    public bool Differentiates(int i) => Rule is not null && !NonDifferentiable.Contains(i);
}
