using Cfgen.OnnxFormat.Checking;
using Cfgen.OnnxFormat.Normalisation;
using Google.Protobuf;
using Microsoft.Win32.SafeHandles;

namespace Cfgen.OnnxFormat;

/// <summary>Loads and saves ONNX models. A loaded model is whole: data kept in files beside it has been read in.</summary>
public static partial class OnnxFile
{
    /// <summary>
    /// Largest size of one protobuf message, in bytes: its lengths are signed 32-bit numbers, and an array ends a little before them.
    /// </summary>
    public static long MaxMessageBytes => Array.MaxLength;

    /// <summary>A model's file.</summary>
    static readonly FileKind s_kind = new("model", "the ONNX file", MaxMessageBytes)
    {
        FixSize = "export the model with its weights as external data",
    };

    const string OtherFormat = "a file of another format";

    const string UsualFix = "give a model exported as ONNX (a file that starts with its version number, usually named .onnx)";

    /// <summary>Reads a model and the data files it names, and checks that it is sound.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="computeFloat32">
    /// Whether what computes in half precision is written for float32: see <see cref="WidenToFloat32"/>.
    /// </param>
    /// <exception cref="ModelFormatException">
    /// The file is missing, not ONNX, cut off, over 2 GB in one piece, names data outside its own folder, or fails
    /// <see cref="ModelChecker"/>.
    /// </exception>
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
            throw TopLevelFields.BeginsLikeModel(bytes) ? CutOff(name, defect) : NotOnnx(name, FileSignature.Of(bytes) ?? OtherFormat);
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
                ? Damaged(name, e)
                : NotOnnx(name, FileSignature.Of(bytes) ?? OtherFormat);
        }
        if (model.Graph is null || model.Graph.Node.Count == 0 && model.Graph.Output.Count == 0)
            throw NotOnnx(name, "a file without a graph");
        if (model.OpsetImport.Count == 0) throw NotOnnx(name, "a graph that does not say which operator set it uses");
        return model;
    }

    /// <summary>The files beside a model that hold tensors of it, as it names them; reads none of them.</summary>
    /// <param name="path">Where the model lies.</param>
    /// <returns>Absolute paths, each once.</returns>
    /// <exception cref="ModelFormatException">The file is missing, unreadable or no ONNX model.</exception>
    public static IReadOnlyList<string> DataFiles(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        IEnumerable<string> locations = ExternalData.Locations(Parse(ReadAll(path), path)).Distinct(StringComparer.Ordinal);
        return [.. locations.Select(location => Path.GetFullPath(location, folder))];
    }

    /// <summary>All bytes of a model's file. Of a large one the beginning is looked at before anything else is read.</summary>
    /// <exception cref="ModelFormatException">It is missing, no regular file, too large, unreadable, or of another format.</exception>
    public static byte[] ReadAll(string path)
    {
        try
        {
            using SafeFileHandle handle = InputFile.Open(path, s_kind.MaxBytes);
            CheckStart(handle, path);
            return InputFile.ReadAll(handle);
        }
        catch (FileRefusedException e)
        {
            throw new ModelFormatException(s_kind.ProblemOf(e, path), e);
        }
    }

    /// <summary>
    /// Refuses what cannot be a model by the first bytes of a large file, so that gigabytes of something else are neither read nor
    /// hashed.
    /// </summary>
    /// <exception cref="ModelFormatException">The file is of another format.</exception>
    /// <exception cref="FileRefusedException">It cannot be read.</exception>
    public static void CheckStart(SafeFileHandle handle, string path)
    {
        const int large = 64 << 20, start = 1 << 16;
        long length = RandomAccess.GetLength(handle);
        if (length <= large) return;
        byte[] bytes = new byte[start];
        int read = InputFile.Read(handle, bytes);
        if (TopLevelFields.FindDefect(bytes.AsSpan(0, read), length) is not null)
            throw NotOnnx(path, FileSignature.Of(bytes.AsSpan(0, read)) ?? OtherFormat);
    }

    static ModelFormatException CutOff(string name, string found) =>
        new(new("model-cut-off", "the ONNX model is cut off or damaged")
        {
            Where = name,
            Found = found,
            Expected = "a whole file",
            Fix = "copy or export the model again",
        });

    static ModelFormatException Damaged(string name, InvalidProtocolBufferException e) =>
        new(new("model-damaged", "the ONNX model is damaged")
        {
            Where = name,
            Found = e.Message,
            Expected = "valid protobuf messages",
            Fix = "copy or export the model again",
        }, e);

    static ModelFormatException NotOnnx(string name, string found) => new(new("model-not-onnx", "this is not an ONNX model")
    {
        Where = name,
        Found = found,
        Expected = "an ONNX model",
        Fix = FixOf(found),
    });

    static string FixOf(string found) =>
        found.Contains("pickle", StringComparison.Ordinal)
            ? "make a bundle of a StyleGAN network with `cfgen import FILE --out DIR`; export any other as ONNX"
        : found.Contains("torch", StringComparison.Ordinal) ? "export the network from PyTorch with torch.onnx.export"
        : UsualFix;
}
