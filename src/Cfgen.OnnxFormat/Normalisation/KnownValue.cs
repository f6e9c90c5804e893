using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat.Normalisation;

/// <summary>What is known of a value before the graph runs.</summary>
/// <param name="Type">Element type.</param>
/// <param name="Lengths">Length of each axis; null where it follows the batch.</param>
public sealed record KnownValue(DataType Type, IReadOnlyList<long?> Lengths);
