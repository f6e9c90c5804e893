namespace Cfgen.Autodiff;

/// <summary>
/// The graph between the input and the output cannot be differentiated; the problem names every operator that stands in the way.
/// </summary>
public sealed class NotDifferentiableException(Problem problem) : CfgenException(problem);
