using Cfgen.OnnxFormat.Storage;
using Google.Protobuf;

namespace Cfgen.OnnxFormat;

public static partial class OnnxFile
{
    /// <summary>
    /// Models with more tensor data than this are saved with the data in a second file, well below <see cref="MaxMessageBytes"/>.
    /// </summary>
    public const long ExternalDataThreshold = 1L << 30;

    /// <summary>Where <see cref="Save"/> puts the tensors of a large model.</summary>
    public static string DataFileOf(string path) => path + ".data";

    /// <summary>
    /// Writes a model under a temporary name and renames it, so that a reader never sees half of it.
    /// Where its tensors hold more than <paramref name="externalDataThreshold"/> bytes they go to <c>NAME.data</c> beside it, which is put
    /// in place just before the model.
    /// </summary>
    /// <param name="model">What to write.</param>
    /// <param name="path">Where to.</param>
    /// <param name="externalDataThreshold">Bytes.</param>
    /// <param name="durable">Whether it has to be on the disk before this returns: after a power cut there is the old model or the new
    /// one, and a disk that does not take it is an error. Slower.</param>
    /// <exception cref="IOException">The disk is full or fails, the folder is missing, or a folder stands in the file's place.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Save(ModelProto model, string path, long externalDataThreshold = ExternalDataThreshold, bool durable = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        string full = Path.GetFullPath(path), data = DataFileOf(full);
        if (Directory.Exists(full)) throw new IOException($"a folder stands at '{path}'"); // found out before the data is replaced
        TemporaryName.RemoveLeft(full);
        TemporaryName.RemoveLeft(data);
        string suffix = TemporaryName.Suffix();
        bool keep = false;
        try
        {
            bool split = ExternalData.Tensors(model).Sum(t => (long)t.RawData.Length) > externalDataThreshold;
            if (split)
            {
                using FileStream stream = File.Create(data + suffix);
                model = ExternalData.Externalise(model, Path.GetFileName(data), stream);
            }
            using (FileStream stream = File.Create(full + suffix)) model.WriteTo(stream);
            Action<string, string> put = durable ? PutDurably : (from, to) => File.Move(from, to, overwrite: true);
            if (split) put(data + suffix, data);
            put(full + suffix, full);
        }
        catch (NotRestoredException e)
        {
            keep = true; // under that name lies what could not be put back
            throw Kept(e, full);
        }
        finally
        {
            // Gone already after the renames, or what was replaced.
            if (!keep)
            {
                File.Delete(data + suffix);
                File.Delete(full + suffix);
            }
        }
    }

    /// <summary>Gives what could not be put back a name that no later run takes for something left over.</summary>
    static NotRestoredException Kept(NotRestoredException e, string target)
    {
        string kept = e.Lies + ".kept";
        try
        {
            File.Move(e.Lies, kept);
            return new(target, kept, e.InnerException ?? e);
        }
        catch (Exception second) when (second is IOException or UnauthorizedAccessException)
        {
            return e; // the error that came first says where it lies
        }
    }

    static void PutDurably(string from, string to)
    {
        DurableFiles.SyncFile(from);
        Placement.Put(from, to, from + ".old", static at =>
        {
            if (Directory.Exists(at)) throw new IOException($"a folder stands at '{at}'");
        });
    }
}
