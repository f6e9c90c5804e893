namespace Cfgen.OnnxFormat;

/// <summary>A change of how an operator is written down.</summary>
/// <param name="Since">The opset that changed it.</param>
/// <param name="Apply">Brings a node of the form before to the new form.</param>
sealed record OpsetChange(int Since, Action<NodeEdit> Apply);
