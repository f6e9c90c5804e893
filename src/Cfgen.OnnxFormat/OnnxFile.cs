using Cfgen.OnnxFormat.Checking;
using Cfgen.OnnxFormat.Normalisation;
using Google.Protobuf;

namespace Cfgen.OnnxFormat;

/// <summary>Loads and saves ONNX models. A loaded model is whole: data kept in files beside it has been read in.</summary>
public static class OnnxFile
{
    /// <summary>Largest size of one protobuf message, in bytes: its lengths are signed 32-bit numbers, and an array ends a little before them.</summary>
    public static long MaxMessageBytes => Array.MaxLength;

    /// <summary>Models with more tensor data than this are saved with the data in a second file, well below <see cref="MaxMessageBytes"/>.</summary>
    public const long ExternalDataThreshold = 1L << 30;

    const string UsualFix = "give a model exported as ONNX (a file that starts with its version number, usually named .onnx)";

    /// <summary>Reads a model and the data files it names, and checks that it is sound.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="computeFloat32">Whether what computes in half precision is written for float32: see <see cref="WidenToFloat32"/>.</param>
    /// <exception cref="ModelFormatException">The file is missing, not ONNX, cut off, over 2 GB in one piece, names data outside its own folder, or fails <see cref="ModelChecker"/>.</exception>
    public static ModelProto Load(string path, bool computeFloat32 = false)
    {
        byte[] bytes = ReadAll(path);
        ModelProto model = Parse(bytes, path);
        ExternalData.Inline(model, path);
        SparseTensors.MakeDense(model, path);
        ModelChecker.Check(model, path);
        EmptyInputs.Trim(model);
        return computeFloat32 ? WidenToFloat32.Apply(model) : model;
    }

    /// <summary>Reads a model from memory; data in other files is left alone.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What to call it in an error: usually its path.</param>
    /// <exception cref="ModelFormatException">The bytes are no whole ONNX model, or one of too many parts.</exception>
    public static ModelProto Parse(byte[] bytes, string name)
    {
        if (bytes.Length == 0) throw NotOnnx(name, "an empty file");
        if (TopLevelFields.FindDefect(bytes) is { } defect)
        {
            // A file that begins like a model was one once; anything else never was.
            throw TopLevelFields.BeginsLikeModel(bytes)
                ? new ModelFormatException(new("model-cut-off", "the ONNX model is cut off or damaged") { Where = name, Found = defect, Expected = "a whole file", Fix = "copy or export the model again" })
                : NotOnnx(name, "a file of another format");
        }
        MessageWeight.Check(bytes, name);
        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw TopLevelFields.BeginsLikeModel(bytes)
                ? new ModelFormatException(new("model-damaged", "the ONNX model is damaged") { Where = name, Found = e.Message, Expected = "valid protobuf messages", Fix = "copy or export the model again" }, e)
                : NotOnnx(name, "a file of another format");
        }
        if (model.Graph is null || model.Graph.Node.Count == 0 && model.Graph.Output.Count == 0) throw NotOnnx(name, "a file without a graph");
        if (model.OpsetImport.Count == 0) throw NotOnnx(name, "a graph that does not say which operator set it uses");
        return model;
    }

    /// <summary>
    /// Writes a model under a temporary name and renames it, so that a reader never sees half of it.
    /// Where its tensors hold more than <paramref name="externalDataThreshold"/> bytes they go to <c>NAME.data</c> beside it, which is put in place just before the model.
    /// </summary>
    /// <exception cref="IOException">The disk is full, the folder is missing, or a folder stands in the file's place.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Save(ModelProto model, string path, long externalDataThreshold = ExternalDataThreshold)
    {
        ArgumentNullException.ThrowIfNull(model);
        string full = Path.GetFullPath(path), data = full + ".data";
        if (Directory.Exists(full)) throw new IOException($"a folder stands at '{path}'"); // found out before the data is replaced
        string suffix = $".{Guid.NewGuid():N}.tmp";
        try
        {
            bool split = ExternalData.Tensors(model).Sum(t => (long)t.RawData.Length) > externalDataThreshold;
            if (split)
            {
                using FileStream stream = File.Create(data + suffix);
                model = ExternalData.Externalise(model, Path.GetFileName(data), stream);
            }
            using (FileStream stream = File.Create(full + suffix)) model.WriteTo(stream);
            if (split) File.Move(data + suffix, data, overwrite: true);
            File.Move(full + suffix, full, overwrite: true);
        }
        finally
        {
            // Gone already after the renames.
            File.Delete(data + suffix);
            File.Delete(full + suffix);
        }
    }

    static byte[] ReadAll(string path)
    {
        if (Directory.Exists(path)) throw new ModelFormatException(new("model-is-folder", "a folder stands where an ONNX file is expected") { Where = path, Fix = "name the file inside it" });
        if (!File.Exists(path)) throw new ModelFormatException(new("model-missing", "the ONNX file does not exist") { Where = path, Fix = "check the path" });
        if (FileNature.Of(path).Special is { } special) throw new ModelFormatException(new("model-unreadable", "the ONNX file cannot be read") { Where = path, Found = special, Expected = "a regular file", Fix = "write the model to a file first" });
        long length = new FileInfo(path).Length;
        if (length > MaxMessageBytes)
        {
            throw new ModelFormatException(new("model-too-large", "the ONNX file is over 2 GB in one piece, which the format cannot hold")
            {
                Where = path,
                Found = $"{length:N0} bytes",
                Expected = $"at most {MaxMessageBytes:N0} bytes, with larger weights as external data",
                Fix = "export the model with external data",
            });
        }
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw Unreadable(e, path);
        }
    }

    /// <summary>What the system's refusal to read a file that is there means.</summary>
    internal static ModelFormatException Unreadable(Exception e, string path) => new(
        e is UnauthorizedAccessException
            ? new("model-unreadable", "the ONNX file may not be read") { Where = path, Found = "no read permission", Fix = "change the file's permissions" }
            : new("model-unreadable", "the ONNX file cannot be read") { Where = path, Found = e.Message, Fix = "check the disk, or copy the file again" },
        e);

    static ModelFormatException NotOnnx(string name, string found) =>
        new(new("model-not-onnx", "this is not an ONNX model") { Where = name, Found = found, Expected = "an ONNX model", Fix = UsualFix });
}
