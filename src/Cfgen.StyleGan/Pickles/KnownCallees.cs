using System.Collections.Frozen;

namespace Cfgen.StyleGan.Pickles;

/// <summary>
/// The functions and classes whose calls have a meaning as data. The reader calls none of them: it keeps or builds what they stand for.
/// </summary>
static class KnownCallees
{
    // What is listed only makes values out of values. Names are compared whole: a dotted name that would lead to one of these is another
    // name.
    static readonly FrozenSet<(string Module, string Name)> s_known = new[]
    {
        ("torch_utils.persistence", "_reconstruct_persistent_obj"),
        ("torch._utils", "_rebuild_tensor"), ("torch._utils", "_rebuild_tensor_v2"), ("torch._utils", "_rebuild_tensor_v3"),
        ("torch._utils", "_rebuild_parameter"), ("torch._utils", "_rebuild_parameter_with_state"),
        ("torch.storage", "_load_from_bytes"), ("torch", "Size"), ("torch", "device"),
        ("numpy", "dtype"), ("numpy", "ndarray"),
        ("numpy.core.multiarray", "_reconstruct"), ("numpy.core.multiarray", "scalar"), ("numpy.core.numeric", "_frombuffer"),
        ("collections", "OrderedDict"), ("collections", "defaultdict"), ("dnnlib.util", "EasyDict"),
        ("_codecs", "encode"), ("copyreg", "_reconstructor"), ("copyreg", "__newobj__"),
        ("builtins", "set"), ("builtins", "frozenset"), ("builtins", "list"), ("builtins", "dict"), ("builtins", "tuple"),
        ("builtins", "bytes"), ("builtins", "bytearray"), ("builtins", "complex"), ("builtins", "slice"), ("builtins", "range"),
    }.ToFrozenSet();

    static readonly FrozenSet<(string Module, string Name)> s_dictionaries = new[]
    {
        ("builtins", "dict"), ("collections", "OrderedDict"), ("collections", "defaultdict"), ("dnnlib.util", "EasyDict"),
    }.ToFrozenSet();

    /// <summary>Whether a call of it is data.</summary>
    public static bool Contains(PickleGlobal callee) => s_known.Contains((callee.Module, callee.Name));

    /// <summary>Whether it is a class whose objects are read as a dictionary.</summary>
    public static bool IsDictionary(PickleGlobal callee) => s_dictionaries.Contains((callee.Module, callee.Name));

    /// <summary>The name that a module has today, for one that Python 2 or another version of NumPy wrote.</summary>
    public static string Modern(string module) => module switch
    {
        "__builtin__" => "builtins",
        "copy_reg" => "copyreg",
        "dnnlib" => "dnnlib.util",
        "numpy._core.multiarray" => "numpy.core.multiarray",
        "numpy._core.numeric" => "numpy.core.numeric",
        _ => module,
    };
}
