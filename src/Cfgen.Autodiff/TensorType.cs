using Cfgen.OnnxFormat.Normalisation;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff;

/// <summary>Element type and shape of a value in a graph.</summary>
public sealed record TensorType(DataType ElementType, IReadOnlyList<Dimension> Shape)
{
    /// <summary>Whether a derivative can exist: integers and booleans have none.</summary>
    public bool IsReal => ElementType is DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16;

    /// <summary>What of it the preparation of a model goes by.</summary>
    public KnownValue ToKnownValue() => new(ElementType, [.. Shape.Select(d => d.IsFixed ? d.Fixed : (long?)null)]);

    /// <inheritdoc/>
    public override string ToString() => $"{ElementType}[{string.Join(", ", Shape)}]";
}
