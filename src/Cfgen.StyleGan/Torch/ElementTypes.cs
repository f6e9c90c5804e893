using Cfgen.StyleGan.Pickles;

namespace Cfgen.StyleGan.Torch;

/// <summary>Size and names of the element types.</summary>
static class ElementTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.Float64 or ElementType.Int64 => 8,
        ElementType.Float32 or ElementType.Int32 => 4,
        ElementType.Float16 or ElementType.BFloat16 or ElementType.Int16 => 2,
        _ => 1,
    };

    /// <summary>Whether an element is a whole number, or true or false.</summary>
    public static bool IsWhole(this ElementType type) =>
        type is not (ElementType.Float32 or ElementType.Float64 or ElementType.Float16 or ElementType.BFloat16);

    /// <summary>The type of a class of storages; an untyped storage is one of bytes.</summary>
    public static ElementType? OfStorage(PickleGlobal storage) => (storage.Module, storage.Name) switch
    {
        ("torch" or "torch.cuda", "FloatStorage") => ElementType.Float32,
        ("torch" or "torch.cuda", "DoubleStorage") => ElementType.Float64,
        ("torch" or "torch.cuda", "HalfStorage") => ElementType.Float16,
        ("torch" or "torch.cuda", "BFloat16Storage") => ElementType.BFloat16,
        ("torch" or "torch.cuda", "LongStorage") => ElementType.Int64,
        ("torch" or "torch.cuda", "IntStorage") => ElementType.Int32,
        ("torch" or "torch.cuda", "ShortStorage") => ElementType.Int16,
        ("torch" or "torch.cuda", "CharStorage") => ElementType.Int8,
        ("torch" or "torch.cuda", "ByteStorage") => ElementType.UInt8,
        ("torch" or "torch.cuda", "BoolStorage") => ElementType.Bool,
        ("torch.storage" or "torch", "UntypedStorage") => ElementType.UInt8,
        _ => null,
    };

    /// <summary>The type that a name such as <c>torch.float32</c> stands for.</summary>
    public static ElementType? OfDtype(PickleGlobal dtype) => dtype.Module != "torch" ? null : dtype.Name switch
    {
        "float32" or "float" => ElementType.Float32,
        "float64" or "double" => ElementType.Float64,
        "float16" or "half" => ElementType.Float16,
        "bfloat16" => ElementType.BFloat16,
        "int64" or "long" => ElementType.Int64,
        "int32" or "int" => ElementType.Int32,
        "int16" or "short" => ElementType.Int16,
        "int8" => ElementType.Int8,
        "uint8" => ElementType.UInt8,
        "bool" => ElementType.Bool,
        _ => null,
    };

    /// <summary>The type of NumPy's short name, such as <c>f8</c>.</summary>
    public static ElementType? OfNumpy(string name) => name switch
    {
        "f4" => ElementType.Float32,
        "f8" => ElementType.Float64,
        "f2" => ElementType.Float16,
        "i8" => ElementType.Int64,
        "i4" => ElementType.Int32,
        "i2" => ElementType.Int16,
        "i1" => ElementType.Int8,
        "u1" => ElementType.UInt8,
        "b1" => ElementType.Bool,
        _ => null,
    };
}
