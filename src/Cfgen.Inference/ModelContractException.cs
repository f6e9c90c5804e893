namespace Cfgen.Inference;

/// <summary>A model is readable but not what its place asks for: wrong inputs, outputs, shapes or types. The problem says what was found
/// and what was expected.</summary>
public sealed class ModelContractException(Problem problem, Exception? inner = null) : CfgenException(problem, inner);
