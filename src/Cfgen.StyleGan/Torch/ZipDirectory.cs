using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Cfgen.StyleGan.Pickles;

namespace Cfgen.StyleGan.Torch;

/// <summary>The files in a zip file as <c>torch.save</c> writes it: stored, not compressed, so that each is a slice of it.</summary>
/// <remarks>
/// A reader of its own rather than <c>ZipArchive</c>, because that copies every entry, which doubles the memory of a network, and shows
/// neither flags nor places. Layout: PKWARE's APPNOTE 6.3.
/// </remarks>
sealed class ZipDirectory
{
    const uint EntrySignature = 0x02014b50, HeaderSignature = 0x04034b50, EndSignature = 0x06054b50, End64Signature = 0x06064b50,
        Locator64Signature = 0x07064b50;
    const int EntryLength = 46, HeaderLength = 30, EndLength = 22, End64Length = 56, LocatorLength = 20, LongestComment = ushort.MaxValue,
        MostEntries = 100_000;
    const ushort EncryptionFlags = 1 | 1 << 6 | 1 << 13, Extra64 = 1;

    readonly Dictionary<string, ZipEntry> _entries = new(StringComparer.Ordinal);
    readonly ReadOnlyMemory<byte> _bytes;
    readonly TorchErrors _errors;

    ZipDirectory(ReadOnlyMemory<byte> bytes, TorchErrors errors) => (_bytes, _errors) = (bytes, errors);

    /// <summary>The names in the order of the directory.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Whether a file begins as zip files do.</summary>
    public static bool Begins(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK\x3\x4"u8);

    /// <summary>
    /// Reads the directory, and refuses what no writer of tensors makes: encryption, compression, files that overlap or come twice.
    /// </summary>
    /// <exception cref="InputException">It is cut off, damaged or of such a kind.</exception>
    public static ZipDirectory Read(ReadOnlyMemory<byte> bytes, TorchErrors errors)
    {
        ZipDirectory directory = new(bytes, errors);
        directory.ReadEntries();
        return directory;
    }

    /// <summary>Where the data of a file begins.</summary>
    public long OffsetOf(string name) => _entries[name].Offset;

    /// <summary>The data of a file, its checksum verified; null if there is no such file.</summary>
    /// <exception cref="InputException">The checksum is another.</exception>
    public ReadOnlyMemory<byte>? TryRead(string name)
    {
        if (!_entries.TryGetValue(name, out ZipEntry? entry)) return null;
        ReadOnlyMemory<byte> data = _bytes.Slice((int)entry.Offset, (int)entry.Length);
        uint crc = Crc32.HashToUInt32(data.Span);
        return crc == entry.Crc
            ? data
            : throw Damaged(entry.Offset, $"the checksum {crc:x8} of '{PickleValue.Shown(name)}'", $"{entry.Crc:x8}");
    }

    void ReadEntries()
    {
        (long at, long end, long count) = FindDirectory();
        List<ZipEntry> entries = [];
        for (long i = 0; i < count; i++)
        {
            (ZipEntry entry, at) = ReadEntry(at, end);
            if (!_entries.TryAdd(entry.Name, entry))
                throw Damaged(at, $"the file '{PickleValue.Shown(entry.Name)}' twice", "each file once");
            entries.Add(entry);
        }
        long free = 0;
        foreach (ZipEntry entry in entries.OrderBy(e => e.Header))
        {
            if (entry.Header < free)
                throw Damaged(entry.Header, $"'{PickleValue.Shown(entry.Name)}' overlaps the file before it", "files one after another");
            free = entry.Offset + entry.Length;
        }
        if (free > end) throw Damaged(free, "a file that reaches behind the directory", "files before the directory");
    }

    /// <summary>Start and end of the directory, and the number of its entries, from the record at the end of the file.</summary>
    (long Start, long End, long Count) FindDirectory()
    {
        int first = Math.Max(0, _bytes.Length - EndLength - LongestComment);
        for (int end = _bytes.Length - EndLength; end >= first; end--)
        {
            if (UInt32(end) != EndSignature || end + EndLength + UInt16(end + 20) != _bytes.Length) continue;
            (long count, long length, long start) = (UInt16(end + 10), UInt32(end + 12), UInt32(end + 16));
            if ((count == ushort.MaxValue || length == uint.MaxValue || start == uint.MaxValue) && end >= LocatorLength
                && UInt32(end - LocatorLength) == Locator64Signature)
            {
                long end64 = Int64(end - LocatorLength + 8);
                if (end64 < 0 || end64 > end - LocatorLength - End64Length || UInt32(end64) != End64Signature)
                    throw Damaged(end, "no 64-bit end record", "one where its locator says");
                (count, length, start) = (Int64(end64 + 32), Int64(end64 + 40), Int64(end64 + 48));
            }
            if (start < 0 || length < 0 || start > end || length > end - start)
                throw Damaged(end, $"a directory of {length} bytes from byte {start}", "a directory before its end record");
            if (count < 0 || count > MostEntries || count * EntryLength > length)
                throw Damaged(end, $"{count} files in a directory of {length} bytes", $"at most {MostEntries:N0} files");
            return (start, start + length, count);
        }
        throw Damaged(_bytes.Length, "no directory at the end of the zip file", "a whole zip file");
    }

    (ZipEntry Entry, long Next) ReadEntry(long at, long end)
    {
        if (end - at < EntryLength || UInt32(at) != EntrySignature) throw Damaged(at, "no entry of the directory", "an entry");
        (ushort flags, ushort method, uint crc) = (UInt16(at + 8), UInt16(at + 10), UInt32(at + 16));
        (long packed, long length, long header) = (UInt32(at + 20), UInt32(at + 24), UInt32(at + 42));
        (int nameLength, int extraLength, int commentLength) = (UInt16(at + 28), UInt16(at + 30), UInt16(at + 32));
        long next = at + EntryLength + nameLength + extraLength + commentLength;
        if (next > end) throw Damaged(at, "an entry that reaches behind the directory", "whole entries");
        string name = Encoding.UTF8.GetString(_bytes.Span.Slice((int)at + EntryLength, nameLength));
        Widen(at + EntryLength + nameLength, extraLength, ref length, ref packed, ref header);
        if ((flags & EncryptionFlags) != 0) throw Refused(at, $"'{PickleValue.Shown(name)}' is encrypted", "files that are not encrypted");
        if (method != 0 || packed != length)
            throw Refused(at, $"'{PickleValue.Shown(name)}' is compressed", "files that are stored as they are, as torch.save writes them");
        if (header < 0 || header > _bytes.Length - HeaderLength || UInt32(header) != HeaderSignature)
            throw Damaged(at, $"no header of '{PickleValue.Shown(name)}' at byte {header}", "one");
        if ((UInt16(header + 6) & EncryptionFlags) != 0 || UInt16(header + 8) != method)
            throw Refused(
                header, $"'{PickleValue.Shown(name)}' with two descriptions that differ", "the same in its header and in the directory");
        long offset = header + HeaderLength + UInt16(header + 26) + UInt16(header + 28);
        if (length < 0 || offset > _bytes.Length || length > _bytes.Length - offset)
            throw Damaged(at, $"{length} bytes of '{PickleValue.Shown(name)}' from byte {offset}", "a file that is all there");
        return (new(name, crc, header, offset, length), next);
    }

    // What does not fit 32 bits stands as 64 bits in the entry's extra field, in this order.
    void Widen(long at, int extraLength, ref long length, ref long packed, ref long header)
    {
        long end = at + extraLength;
        while (end - at >= 4)
        {
            (ushort id, int size) = (UInt16(at), UInt16(at + 2));
            at += 4;
            if (id == Extra64)
            {
                long stop = Math.Min(end, at + size);
                Take(ref length, stop);
                Take(ref packed, stop);
                Take(ref header, stop);
                return;
            }
            at += size;
        }

        void Take(ref long value, long stop)
        {
            if (value != uint.MaxValue || stop - at < 8) return;
            value = Int64(at);
            at += 8;
        }
    }

    ushort UInt16(long at) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.Span[(int)at..]);

    uint UInt32(long at) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Span[(int)at..]);

    long Int64(long at) => BinaryPrimitives.ReadInt64LittleEndian(_bytes.Span[(int)at..]);

    InputException Damaged(long at, string found, string expected) =>
        _errors.At(at, "zip-damaged", "the zip file is cut off or damaged", found, expected, Fixes.CopyAgain);

    InputException Refused(long at, string found, string expected) =>
        _errors.At(at, "zip-refused", "the zip file is none that torch.save writes", found, expected, Fixes.Publisher);
}
