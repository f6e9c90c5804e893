using System.Numerics;
using Cfgen.StyleGan.Pickles;

namespace Cfgen.StyleGan.Torch;

/// <summary>
/// A stream of <c>torch.save</c> as it was up to version 1.5, and as a storage is still pickled: five pickles, then the data of each
/// storage.
/// </summary>
/// <remarks>
/// The magic number, the version 1001, what the machine was like, the object, the list of the storages' keys; then for each key its number
/// of elements and these. Layout: PyTorch's <c>torch/serialization.py</c>.
/// </remarks>
sealed class LegacyArchive : IStorageSource
{
    const int Version = 1001;

    // 0x1950a86a20f9469cfc6c
    static readonly BigInteger s_magic = BigInteger.Parse("119547037146038801333356", System.Globalization.CultureInfo.InvariantCulture);

    readonly Dictionary<string, ReadOnlyMemory<byte>> _storages = new(StringComparer.Ordinal);
    readonly TorchErrors _errors;

    LegacyArchive(TorchErrors errors) => _errors = errors;

    /// <summary>The object that was saved; its storages by their identifiers.</summary>
    public PickleValue Root { get; private set; } = new PickleNone();

    /// <summary>Whether a stream whose first pickle is <paramref name="first"/> is one of these.</summary>
    public static bool IsMagic(PickleValue first) => first is PickleInt { Value: var number } && number == s_magic;

    /// <summary>Reads what follows the magic number, up to the end of the stream.</summary>
    /// <exception cref="InputException">It is cut off, damaged, or not in this layout.</exception>
    public static LegacyArchive ReadAfterMagic(PickleStream stream, PickleBudget budget)
    {
        LegacyArchive archive = new(new TorchErrors(stream.Name));
        PickleValue version = PickleReader.ReadNext(stream, budget);
        if (version is not PickleInt { Value: var number } || number != Version)
            throw stream.Refused($"{version} as the version of a torch.save stream", $"{Version}");
        PickleReader.ReadNext(stream, budget); // the machine: data has its lowest byte first whatever it was
        List<PicklePersistentId> outside = [];
        archive.Root = PickleReader.ReadNext(stream, budget, outside);
        if (PickleReader.ReadNext(stream, budget) is not PickleList keys)
            throw stream.Damaged("no list of the storages' keys", "a list of texts");
        archive.ReadStorages(stream, keys, outside);
        stream.RequireEnd();
        return archive;
    }

    /// <inheritdoc/>
    public Storage Get(StorageReference reference) => _storages.TryGetValue(reference.Key, out ReadOnlyMemory<byte> bytes)
        ? reference.In(bytes, _errors)
        : throw _errors.At(
            reference.Offset, "tensor-damaged", "the data of a tensor is missing", $"no storage '{PickleValue.Shown(reference.Key)}'",
            "its storage in the file", Fixes.CopyAgain);

    // How long the data of a key is follows from its type, which only the object says.
    void ReadStorages(PickleStream stream, PickleList keys, List<PicklePersistentId> outside)
    {
        Dictionary<string, StorageReference> references = new(StringComparer.Ordinal);
        foreach (PicklePersistentId id in outside)
        {
            StorageReference reference = StorageReference.Of(id, _errors);
            references[reference.Key] = reference;
        }
        foreach (PickleValue item in keys.Items)
        {
            if (item is not PickleText { Value: var key } || !references.TryGetValue(key, out StorageReference? reference))
                throw stream.Damaged($"{item} as a storage's key", "the key of a storage of the object");
            ulong count = stream.UInt64();
            if (count != (ulong)reference.Count)
                throw stream.Damaged(
                    $"{count} elements in the storage '{PickleValue.Shown(key)}'", $"{reference.Count}, as its object says");
            if (!_storages.TryAdd(key, stream.Take(count * (ulong)reference.ElementType.Size(), "a storage's data")))
                throw stream.Damaged($"the storage '{PickleValue.Shown(key)}' twice", "each storage once");
        }
    }
}
