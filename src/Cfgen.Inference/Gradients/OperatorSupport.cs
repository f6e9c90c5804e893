namespace Cfgen.Inference.Gradients;

/// <summary>Whether an operator of a model can be differentiated.</summary>
/// <param name="Operator">Its name, behind its domain where that is not the standard one.</param>
/// <param name="Nodes">How often the model uses it, functions unfolded, in the bodies of loops and branches once each.</param>
/// <param name="HasRule">Whether there is a rule. Where not, it does harm only between the inputs and the output.</param>
public sealed record OperatorSupport(string Operator, int Nodes, bool HasRule)
{
    /// <summary>Whether it is a loop or a branch: it has no rule and needs none where its course is known before the model runs, since its body is then put in its place.</summary>
    public bool IsReplaced { get; init; }
}
