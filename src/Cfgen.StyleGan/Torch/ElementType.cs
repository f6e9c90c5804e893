using System.Diagnostics.CodeAnalysis;

namespace Cfgen.StyleGan.Torch;

/// <summary>What one element of a tensor is.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "These are PyTorch's and NumPy's names.")]
public enum ElementType
{
    /// <summary>IEEE single precision.</summary>
    Float32,

    /// <summary>IEEE double precision.</summary>
    Float64,

    /// <summary>IEEE half precision.</summary>
    Float16,

    /// <summary>The upper half of a single precision number.</summary>
    BFloat16,

    /// <summary>Signed, 64 bits.</summary>
    Int64,

    /// <summary>Signed, 32 bits.</summary>
    Int32,

    /// <summary>Signed, 16 bits.</summary>
    Int16,

    /// <summary>Signed, 8 bits.</summary>
    Int8,

    /// <summary>Unsigned, 8 bits.</summary>
    UInt8,

    /// <summary>One byte, 0 for false.</summary>
    Bool,
}
