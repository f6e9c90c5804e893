using System.IO.Hashing;
using System.Text;
using Cfgen.StyleGan.Tests.Pickles;

namespace Cfgen.StyleGan.Tests.Torch;

/// <summary>Zip files of stored files, sound or not.</summary>
sealed class ZipBuilder
{
    readonly List<byte> _files = [], _directory = [];
    int _count;

    public ZipBuilder Add(string name, byte[] data, int flags = 0, int method = 0, uint? crc = null, bool overlap = false)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        int header = _files.Count;
        byte[] common = [.. L(2, flags), .. L(2, method), .. L(4, 0), .. L(4, crc ?? Crc32.HashToUInt32(data)),
            .. L(4, data.Length), .. L(4, data.Length), .. L(2, text.Length), .. L(2, 0)];
        _files.AddRange([.. "PK\x3\x4"u8, .. L(2, 20), .. common, .. text, .. data]);
        Entry(common, text, header);
        if (overlap) Entry(common, [.. text[..^1], (byte)'x'], header); // a second file in the same place
        return this;
    }

    public byte[] Build(bool zip64 = false)
    {
        byte[] end64 = !zip64 ? [] :
        [
            .. "PK\x6\x6"u8, .. L(8, 44), .. L(2, 45), .. L(2, 45), .. L(4, 0), .. L(4, 0), .. L(8, _count), .. L(8, _count),
            .. L(8, _directory.Count), .. L(8, _files.Count),
            .. "PK\x6\x7"u8, .. L(4, 0), .. L(8, _files.Count + _directory.Count), .. L(4, 1),
        ];
        return
        [
            .. _files, .. _directory, .. end64, .. "PK\x5\x6"u8, .. L(2, 0), .. L(2, 0), .. L(2, zip64 ? 0xffff : _count),
            .. L(2, zip64 ? 0xffff : _count),
            .. L(4, zip64 ? 0xffffffff : _directory.Count), .. L(4, zip64 ? 0xffffffff : _files.Count), .. L(2, 0),
        ];
    }

    void Entry(byte[] common, byte[] name, int header)
    {
        _directory.AddRange([
            .. "PK\x1\x2"u8, .. L(2, 20), .. L(2, 20), .. common, .. L(2, 0), .. L(2, 0), .. L(2, 0), .. L(4, 0), .. L(4, header), .. name
        ]);
        _count++;
    }

    static byte[] L(int bytes, long value) => Assembler.Little(bytes, value);
}
