namespace Cfgen;

/// <summary>An argument, a picture or another file of the user's is not what it has to be.</summary>
public sealed class InputException(Problem problem, Exception? inner = null) : CfgenException(problem, inner);
