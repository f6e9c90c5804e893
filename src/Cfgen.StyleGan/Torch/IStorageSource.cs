namespace Cfgen.StyleGan.Torch;

/// <summary>The storages that a file keeps beside its pickle.</summary>
interface IStorageSource
{
    /// <summary>The storage of a key.</summary>
    /// <exception cref="InputException">There is none, or it has not the size that the pickle says.</exception>
    Storage Get(StorageReference reference);
}
