using System.Runtime.InteropServices;
using Cfgen.StyleGan.Tests.Pickles;

namespace Cfgen.StyleGan.Tests.Torch;

/// <summary>The objects of PyTorch, NumPy and the StyleGAN repositories, to be pickled.</summary>
static partial class TorchPickles
{
    static readonly byte[] s_magic = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    public static byte[] Bytes<T>(params T[] values) where T : unmanaged => MemoryMarshal.AsBytes<T>(values).ToArray();

    public static Outside StorageId(string type, string key, long count, params object?[] view) =>
        new((object?[])["storage", new Global("torch", type), key, "cpu", count, .. view]);

    /// <summary>A stream of torch.save in the old layout.</summary>
    public static byte[] Legacy(object? root, params (string Key, long Count, byte[] Data)[] storages) =>
    [
        .. s_magic, .. Assembler.Pickle(1001), .. Assembler.Pickle(new Dictionary<string, object?> { ["little_endian"] = true }),
        .. Assembler.Pickle(root), .. Assembler.Pickle(storages.Select(s => (object?)s.Key).ToList()),
        .. storages.SelectMany(s => (byte[])[.. Assembler.Little(8, s.Count), .. s.Data]),
    ];

    /// <summary>A storage as a plain pickle has it.</summary>
    public static Call Storage(string type, long count, byte[] data, params object?[] view) =>
        new(new("torch.storage", "_load_from_bytes"), Legacy(StorageId(type, "7", count, view), ("7", count, data)));

    public static Call TensorOf(object storage, int offset, object?[] size, object?[] stride) =>
        new(new("torch._utils", "_rebuild_tensor_v2"), storage, offset, size, stride, false, new Call(new("collections", "OrderedDict")));

    public static Call Floats(params float[] values) =>
        TensorOf(Storage("FloatStorage", values.Length, Bytes(values)), 0, [values.Length], [1]);

    public static Call Parameter(Call tensor) =>
        new(new("torch._utils", "_rebuild_parameter"), tensor, true, new Call(new("collections", "OrderedDict")));

    public static Call Module(string className, Dictionary<string, object?> state, string source = "class Network: pass\n") => new(
        new("torch_utils.persistence", "_reconstruct_persistent_obj"),
        new Dictionary<string, object?>
        {
            ["type"] = "class",
            ["version"] = 6,
            ["module_src"] = source,
            ["class_name"] = className,
            ["state"] = state,
        });

    /// <summary>A network file whose G_ema has one tensor, the parameter x.</summary>
    public static byte[] NetworkWith(object? tensor) => Assembler.Pickle(new Dictionary<string, object?>
    {
        ["G_ema"] = Module("Network", new() { ["_parameters"] = new Dictionary<string, object?> { ["x"] = tensor } }),
    });

    /// <summary>A network file whose G_ema has one attribute, x.</summary>
    public static byte[] NetworkWithAttribute(object? value) =>
        Assembler.Pickle(new Dictionary<string, object?> { ["G_ema"] = Module("Network", new() { ["x"] = value }) });

    public static Call Dtype(string name, string order = "<") =>
        new(new("numpy", "dtype"), name, false, true) { State = new object?[] { 3, order, null, null, null, -1, -1, 0 } };

    public static Call Array(
        string dtype, object?[] shape, byte[] data, bool fortran = false, string order = "<", string module = "numpy.core.multiarray") =>
        new(new(module, "_reconstruct"), new Global("numpy", "ndarray"), new object?[] { 0 }, "b"u8.ToArray())
        {
            State = new object?[] { 1, shape, Dtype(dtype, order), fortran, data },
        };

    public static Call Scalar(string dtype, byte[] data, string module = "numpy.core.multiarray") =>
        new(new(module, "scalar"), Dtype(dtype), data);
}
