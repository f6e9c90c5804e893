using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat;

/// <summary>What element types are called, everywhere: as NumPy and PyTorch call them.</summary>
public static class ElementTypeNames
{
    /// <summary>The word, such as <c>float32</c>, <c>int64</c> or <c>bool</c>.</summary>
    public static string Word(this DataType type) => type switch
    {
        DataType.Undefined => "undefined",
        DataType.Float => "float32",
        DataType.Double => "float64",
        _ => type.ToString().ToLowerInvariant(),
    };
}
