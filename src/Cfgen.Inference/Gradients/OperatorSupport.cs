namespace Cfgen.Inference.Gradients;

/// <summary>Whether an operator of a model can be differentiated.</summary>
/// <param name="Operator">Its name, behind its domain where that is not the standard one.</param>
/// <param name="Nodes">How often the model uses it, functions unfolded, in the bodies of loops and branches once each.</param>
/// <param name="HasRule">Whether there is a rule. Where not, it does harm only between the inputs and the output.</param>
public sealed record OperatorSupport(string Operator, int Nodes, bool HasRule)
{
    /// <summary>
    /// Whether it needs no rule because others are put in its place, wherever they are known before the model runs: a loop, a branch, or an
    /// operator that stands for standard ones.
    /// </summary>
    public bool IsReplaced { get; init; }
}
