using Cfgen.StyleGan.Pickles;

namespace Cfgen.StyleGan.Torch;

/// <summary>Gives the objects of one file the meaning of PyTorch's tensors.</summary>
/// <param name="errors">The file's errors.</param>
/// <param name="budget">What may still be used, for the streams inside.</param>
/// <param name="outside">The storages beside the pickle, if the file has any.</param>
sealed class TorchObjects(TorchErrors errors, PickleBudget budget, IStorageSource? outside)
{
    readonly Dictionary<PickleValue, Storage> _storages = new(ReferenceEqualityComparer.Instance);

    /// <summary>The file's errors.</summary>
    public TorchErrors Errors { get; } = errors;

    /// <summary>A tensor, or a parameter around one.</summary>
    /// <exception cref="InputException">It is something else, or does not fit its storage.</exception>
    public Tensor Tensor(PickleValue value) => value switch
    {
        PickleCall
        {
            Callee:
            {
                Module: "torch._utils", Name: "_rebuild_parameter"
            or "_rebuild_parameter_with_state"
            }, Arguments: [PickleCall inner, ..]
        }
            when inner.Callee.Name.StartsWith("_rebuild_tensor", StringComparison.Ordinal) => Tensor(inner),
        PickleCall
        {
            Callee:
            {
                Module: "torch._utils", Name: "_rebuild_tensor"
            or "_rebuild_tensor_v2"
            }, Arguments: [var storage, var offset, var size, var stride, ..]
        } =>
            View(value, Storage(storage), offset, size, stride),
        PickleCall
        {
            Callee: { Module: "torch._utils", Name: "_rebuild_tensor_v3" },
            Arguments: [var storage, var offset, var size, var stride, _, _, PickleGlobal dtype, ..]
        } =>
            View(value, Storage(storage) with
            {
                ElementType = ElementTypes.OfDtype(dtype)
                ?? throw Errors.Refused(value, $"{dtype}", "a type of real or whole numbers")
            }, offset, size, stride),
        _ => NumpyArrays.TryRead(value, Errors) ?? throw Errors.Refused(value, $"{value}", "a tensor"),
    };

    Tensor View(PickleValue tensor, Storage storage, PickleValue offset, PickleValue size, PickleValue stride)
    {
        if (offset is not PickleInt { Value: var start } || start < 0 || start > int.MaxValue)
            throw Errors.Damaged(tensor, $"{offset} as a place in a storage", "a whole number");
        (TensorLayout? layout, string? defect) =
            TensorLayout.Check(Lengths(tensor, size), Lengths(tensor, stride), (long)start, storage.Count);
        return new(storage.ElementType, layout ?? throw Errors.Damaged(tensor, defect!, "a tensor that lies in its storage"),
            storage.Bytes);
    }

    List<long> Lengths(PickleValue tensor, PickleValue value) =>
        value is PickleTuple { Items: var items } && items.All(i => i is PickleInt { Value: var n } && n >= 0 && n <= long.MaxValue)
            ? [.. items.Select(i => (long)((PickleInt)i).Value)]
            : throw Errors.Damaged(tensor, $"{value} as lengths or strides", "a tuple of whole numbers");

    Storage Storage(PickleValue value)
    {
        if (_storages.TryGetValue(value, out Storage? known)) return known;
        Storage storage = value switch
        {
            PicklePersistentId id => (outside
                ?? throw Errors.Refused(value, $"{value}", "tensors with their data in the pickle")).Get(StorageReference.Of(id, Errors)),
            PickleCall { Callee: { Module: "torch.storage", Name: "_load_from_bytes" }, Arguments: [PickleBytes bytes] } =>
                Nested(value, bytes),
            PickleCall { Callee: { Module: "torch.storage", Name: "_load_from_bytes" }, Arguments: [PickleText] } =>
                throw Errors.Refused(value, "a storage pickled by Python 2", "one pickled by Python 3"),
            _ => throw Errors.Refused(value, $"{value}", "a storage"),
        };
        _storages.Add(value, storage);
        return storage;
    }

    // A storage in a plain pickle is a whole file of torch.save, whose object is that storage.
    Storage Nested(PickleValue call, PickleBytes bytes)
    {
        (PickleValue root, IStorageSource? source) = TorchFile.Read(bytes.Value, bytes.ContentOffset, Errors, budget);
        return root is PicklePersistentId id && source is not null
            ? source.Get(StorageReference.Of(id, Errors))
            : throw Errors.Refused(call, $"{root} as a saved storage", "a storage");
    }
}
