using System.Globalization;
using Google.Protobuf;
using Microsoft.Win32.SafeHandles;

namespace Cfgen.OnnxFormat;

/// <summary>
/// Tensors kept in files beside the model. A model is untrusted input: its data may only lie in regular files of its own
/// folder or below, never behind <c>..</c>, an absolute path or a link, and under one name alone: another one may be
/// that of a file that whoever made the model was not to read.
/// </summary>
static class ExternalData
{
    const int Alignment = 4096; // lets a runtime map each tensor into memory
    const string MemoryMarker = "_ORT_MEM_ADDR_";
    const string UsualFix = "keep the data file beside the model under the name that the model gives, or export the model again";

    /// <summary>Reads every external tensor of the model into its <c>raw_data</c>.</summary>
    /// <exception cref="ModelFormatException">A location is refused, missing, or does not hold what the tensor needs.</exception>
    public static void Inline(ModelProto model, string modelPath)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(modelPath))!;
        SharedBytes shared = new();
        foreach (TensorProto tensor in Tensors(model))
        {
            if (tensor.DataLocation != TensorProto.Types.DataLocation.External) continue;
            try
            {
                tensor.RawData = Read(tensor, folder, modelPath, shared);
            }
            catch (Exception e) when (e is UnauthorizedAccessException or IOException)
            {
                throw Unreadable(e, tensor, modelPath);
            }
            tensor.ExternalData.Clear();
            tensor.ClearDataLocation();
        }
    }

    /// <summary>
    /// The location of every tensor that lies in another file, as the model gives it; those that name no file are left out.
    /// </summary>
    public static IEnumerable<string> Locations(ModelProto model) =>
        Tensors(model).Where(t => t.DataLocation == TensorProto.Types.DataLocation.External)
            .Select(t => Entry(t, "location")).OfType<string>().Where(location => location.Length > 0 && !location.Contains('\0'));

    /// <summary>
    /// A copy of the model whose larger tensors are said to stand in <paramref name="location"/>, a file beside it; their bytes are written
    /// to <paramref name="data"/>.
    /// </summary>
    public static ModelProto Externalise(ModelProto model, string location, Stream data)
    {
        const int leaveInside = 1024; // shapes and scalars stay readable in the model itself
        ModelProto copy = model.Clone();
        foreach (TensorProto tensor in Tensors(copy))
        {
            if (tensor.RawData.Length < leaveInside) continue;
            data.Position = (data.Position + Alignment - 1) / Alignment * Alignment;
            Describe(tensor, location, data.Position, tensor.RawData.Length);
            tensor.RawData.WriteTo(data);
            tensor.ClearRawData();
        }
        return copy;
    }

    static void Describe(TensorProto tensor, string location, long offset, long length)
    {
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = offset.ToString(CultureInfo.InvariantCulture) });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = length.ToString(CultureInfo.InvariantCulture) });
    }

    static ByteString Read(TensorProto tensor, string folder, string modelPath, SharedBytes shared)
    {
        string location = Entry(tensor, "location") ?? throw Refuse(tensor, modelPath, "no location", "the name of a file");
        string path = Resolve(tensor, location, folder, modelPath);
        long expected = tensor.ByteCount();
        long offset = Number(tensor, "offset", 0, modelPath);
        long length = Number(tensor, "length", expected, modelPath);
        if (length != expected)
            throw Refuse(
                tensor, modelPath, $"a length of {length:N0} bytes in '{location}'", $"{expected:N0} bytes, as its shape and type ask for");
        if (length > Array.MaxLength)
            throw Refuse(tensor, modelPath, $"{length:N0} bytes in '{location}'", $"at most {Array.MaxLength:N0} bytes in one tensor");
        using SafeFileHandle file = Open(tensor, location, path, modelPath);
        long size = RandomAccess.GetLength(file);
        if (offset > size || length > size - offset)
            throw Refuse(tensor, modelPath, $"bytes {offset:N0} to {offset + length:N0} of '{location}', which has {size:N0}",
                "data within the file");
        if (!shared.TryAdd(path, length, size))
            throw Refuse(tensor, modelPath, $"tensors that read the same bytes of '{location}' again and again",
                $"at most {SharedBytes.Times} times the file's {size:N0} bytes, all of them together");
        byte[] data = new byte[length];
        if (InputFile.Read(file, data, offset) < data.Length)
            throw Refuse(tensor, modelPath, $"'{location}' changes while it is read", "the data file beside the model");
        return UnsafeByteOperations.UnsafeWrap(data);
    }

    static SafeFileHandle Open(TensorProto tensor, string location, string path, string modelPath)
    {
        try
        {
            return InputFile.Open(path, long.MaxValue);
        }
        catch (FileRefusedException e)
        {
            throw e.Fault switch
            {
                FileFault.Missing => Refuse(tensor, modelPath, $"'{location}' does not exist", "the data file beside the model", inner: e),
                FileFault.Folder or FileFault.Special =>
                    Refuse(tensor, modelPath, $"'{location}' is {e.Found}", "a regular file", inner: e),
                _ => Refuse(tensor, modelPath, $"{e.Found} for '{location}'", "a file that can be read", inner: e),
            };
        }
    }

    static string Resolve(TensorProto tensor, string location, string folder, string modelPath)
    {
        // Runtimes write such a location for data that they hold in memory; in a file it would make them read whatever is there.
        if (location.Contains(MemoryMarker, StringComparison.Ordinal))
            throw Refuse(
                tensor, modelPath, $"the location '{location}', which stands for an address in memory", "the name of a file",
                "export the model again, rather than save it from within a runtime");
        (string? path, string found, string expected) = FolderFile.Find(folder, location);
        if (path is not null) return path;
        bool isNamedTwice = found.EndsWith("(hard links)", StringComparison.Ordinal);
        throw Refuse(tensor, modelPath, found, expected, isNamedTwice ? "copy the data file, and put the copy in its place" : UsualFix);
    }

    static long Number(TensorProto tensor, string key, long absent, string modelPath)
    {
        if (Entry(tensor, key) is not { } text) return absent;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw Refuse(tensor, modelPath, $"the {key} '{text}'", "a whole number");
    }

    static string? Entry(TensorProto tensor, string key) => tensor.ExternalData.FirstOrDefault(e => e.Key == key)?.Value;

    static ModelFormatException Refuse(
        TensorProto tensor, string modelPath, string found, string expected, string fix = UsualFix, Exception? inner = null) =>
        new(
            new("external-data-refused", $"the data of tensor '{tensor.Name}' cannot be read")
            {
                Where = modelPath,
                Found = found,
                Expected = expected,
                Fix = fix,
            },
            inner);

    /// <summary>What the system's refusal to read a file that is there means.</summary>
    public static ModelFormatException Unreadable(Exception e, TensorProto tensor, string modelPath) =>
        Refuse(tensor, modelPath, e is UnauthorizedAccessException ? $"no read permission for '{Entry(tensor, "location")}'" : e.Message,
            "a file that can be read", inner: e);

    /// <summary>
    /// Every tensor of the model: initializers and those in attributes, in bodies and functions too, and what sparse ones are made of.
    /// </summary>
    public static IEnumerable<TensorProto> Tensors(ModelProto model) =>
        [
            .. Tensors(model.Graph),
            .. model.Functions.SelectMany(f => Tensors(f.AttributeProto.Concat(f.Node.SelectMany(n => n.Attribute))))
        ];

    static IEnumerable<TensorProto> Tensors(GraphProto graph) =>
        graph.Initializer.Concat(graph.SparseInitializer.SelectMany(Tensors)).Concat(Tensors(graph.Node.SelectMany(n => n.Attribute)));

    static IEnumerable<TensorProto> Tensors(SparseTensorProto sparse) => new[] { sparse.Values, sparse.Indices }.OfType<TensorProto>();

    static IEnumerable<TensorProto> Tensors(IEnumerable<AttributeProto> attributes) =>
        from attribute in attributes
        from tensor in attribute.Tensors.Append(attribute.T).OfType<TensorProto>()
            .Concat(attribute.SparseTensors.Append(attribute.SparseTensor).OfType<SparseTensorProto>().SelectMany(Tensors))
            .Concat(attribute.Bodies().SelectMany(Tensors))
        select tensor;
}
