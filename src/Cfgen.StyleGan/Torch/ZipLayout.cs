using Cfgen.StyleGan.Pickles;

namespace Cfgen.StyleGan.Torch;

/// <summary>
/// A file of <c>torch.save</c> since version 1.6: a zip file with the object in <c>NAME/data.pkl</c> and each storage in
/// <c>NAME/data/KEY</c>.
/// </summary>
sealed class ZipLayout : IStorageSource
{
    const string ObjectFile = "/data.pkl";

    readonly Dictionary<string, ReadOnlyMemory<byte>> _read = new(StringComparer.Ordinal);
    readonly ZipDirectory _directory;
    readonly string _folder;
    readonly TorchErrors _errors;

    ZipLayout(ZipDirectory directory, string folder, PickleValue root, TorchErrors errors) =>
        (_directory, _folder, Root, _errors) = (directory, folder, root, errors);

    /// <summary>The object that was saved.</summary>
    public PickleValue Root { get; }

    /// <exception cref="InputException">It is damaged, or not in this layout.</exception>
    public static ZipLayout Read(ReadOnlyMemory<byte> bytes, long start, TorchErrors errors, PickleBudget budget)
    {
        ZipDirectory directory = ZipDirectory.Read(bytes, errors);
        List<string> objects = [.. directory.Names.Where(n => n.EndsWith(ObjectFile, StringComparison.Ordinal)
            && n.IndexOf('/', StringComparison.Ordinal) == n.Length - ObjectFile.Length)];
        if (objects is not [var file])
            throw errors.At(
                start, "zip-refused", "the zip file is none that torch.save writes", $"{objects.Count} files named FOLDER{ObjectFile}",
                "one", Fixes.Publisher);
        string folder = file[..^ObjectFile.Length];
        if (directory.TryRead($"{folder}/byteorder") is { } order && !order.Span.TrimEnd((byte)'\n').SequenceEqual("little"u8))
            throw errors.At(
                start, "zip-refused", "the tensors in the zip file have their highest byte first", "a byteorder other than 'little'",
                "'little'", "save the network on an ordinary machine");
        PickleStream stream = new(errors.Name, directory.TryRead(file)!.Value, start + directory.OffsetOf(file));
        PickleValue root = PickleReader.ReadNext(stream, budget);
        stream.RequireEnd();
        return new(directory, folder, root, errors);
    }

    /// <inheritdoc/>
    public Storage Get(StorageReference reference)
    {
        if (!_read.TryGetValue(reference.Key, out ReadOnlyMemory<byte> bytes))
        {
            bytes = _directory.TryRead($"{_folder}/data/{reference.Key}")
                ?? throw _errors.At(
                    reference.Offset, "tensor-damaged", "the data of a tensor is missing",
                    $"no storage '{PickleValue.Shown(reference.Key)}'", "its storage in the file", Fixes.CopyAgain);
            _read.Add(reference.Key, bytes);
        }
        return reference.In(bytes, _errors);
    }
}
