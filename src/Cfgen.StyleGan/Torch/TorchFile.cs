using Cfgen.StyleGan.Pickles;

namespace Cfgen.StyleGan.Torch;

/// <summary>The three layouts of a file: a plain pickle, a stream of <c>torch.save</c> as it was, a zip file as it is today.</summary>
static class TorchFile
{
    /// <summary>The object of a file and the storages beside it, if there are any.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="start">Where it stands in the file that the user named.</param>
    /// <param name="errors">That file's errors.</param>
    /// <param name="budget">What may still be used.</param>
    public static (PickleValue Root, IStorageSource? Storages) Read(
        ReadOnlyMemory<byte> bytes, long start, TorchErrors errors, PickleBudget budget)
    {
        if (ZipDirectory.Begins(bytes.Span))
        {
            ZipLayout zip = ZipLayout.Read(bytes, start, errors, budget);
            return (zip.Root, zip);
        }
        PickleStream stream = new(errors.Name, bytes, start);
        PickleValue first = PickleReader.ReadNext(stream, budget);
        if (LegacyArchive.IsMagic(first))
        {
            LegacyArchive legacy = LegacyArchive.ReadAfterMagic(stream, budget);
            return (legacy.Root, legacy);
        }
        stream.RequireEnd();
        return (first, null);
    }
}
