using Cfgen.StyleGan.Pickles;

namespace Cfgen.StyleGan.Torch;

/// <summary>What a pickle says of a storage that lies outside it: ('storage', class, key, location, number of elements[, view]).</summary>
/// <param name="ElementType">What one element is.</param>
/// <param name="Key">Its name among the file's storages.</param>
/// <param name="Count">The number of its elements.</param>
/// <param name="View">Start and number of the elements that are meant, in files of before 2018; all if null.</param>
/// <param name="Offset">Where the pickle says so.</param>
sealed record StorageReference(ElementType ElementType, string Key, long Count, (long Start, long Count)? View, long Offset)
{
    /// <summary>Reads the identifier that PyTorch gives a storage.</summary>
    /// <exception cref="InputException">It is no such identifier.</exception>
    public static StorageReference Of(PicklePersistentId persistent, TorchErrors errors)
    {
        if (persistent.Id
            is not PickleTuple { Items: [PickleText { Value: "storage" }, PickleGlobal type, PickleText key, _, PickleInt count, ..] id }
            || id.Count > 6)
            throw errors.Refused(persistent, $"the identifier {persistent.Id}", "('storage', class, key, location, number of elements)");
        if (ElementTypes.OfStorage(type) is not { } elementType)
            throw errors.Refused(persistent, $"{type}", "a storage of real or whole numbers");
        if (count.Value < 0 || count.Value > int.MaxValue)
            throw errors.Damaged(persistent, $"{count} as the number of elements of a storage", $"from 0 to {int.MaxValue} elements");
        (long, long)? view = id.Count == 6 && id[5] is PickleTuple { Items: [_, PickleInt start, PickleInt length] }
            ? start.Value >= 0 && length.Value >= 0 && start.Value + length.Value <= count.Value
                ? ((long)start.Value, (long)length.Value)
                : throw errors.Damaged(persistent, $"a view from {start} of {length}", "a part of the storage")
            : null;
        return new(elementType, key.Value, (long)count.Value, view, persistent.Offset);
    }

    /// <summary>The storage in its bytes.</summary>
    public Storage In(ReadOnlyMemory<byte> bytes, TorchErrors errors)
    {
        int size = ElementType.Size();
        if (bytes.Length != Count * size)
            throw errors.At(
                Offset, "tensor-damaged", "a tensor's data has the wrong size", $"{bytes.Length:N0} bytes",
                $"{Count:N0} elements of {size} bytes", Fixes.CopyAgain);
        return new(ElementType, View is (var start, var count) ? bytes.Slice((int)(start * size), (int)(count * size)) : bytes);
    }
}
