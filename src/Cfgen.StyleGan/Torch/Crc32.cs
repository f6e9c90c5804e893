namespace Cfgen.StyleGan.Torch;

/// <summary>The checksum of zip files: the cyclic redundancy check with the reflected polynomial 0xEDB88320 (ISO 3309).</summary>
static class Crc32
{
    const int Lanes = 8;

    static readonly uint[][] Tables = MakeTables();

    /// <summary>The checksum of all bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        // Eight bytes at a time, each looked up in the table that shifts it past those behind it: a weight file has hundreds of megabytes.
        for (; bytes.Length >= Lanes; bytes = bytes[Lanes..])
        {
            uint low = crc ^ BitConverter.ToUInt32(bytes), high = BitConverter.ToUInt32(bytes[4..]);
            crc = Tables[7][(byte)low] ^ Tables[6][(byte)(low >> 8)] ^ Tables[5][(byte)(low >> 16)] ^ Tables[4][low >> 24]
                ^ Tables[3][(byte)high] ^ Tables[2][(byte)(high >> 8)] ^ Tables[1][(byte)(high >> 16)] ^ Tables[0][high >> 24];
        }
        foreach (byte b in bytes) crc = Tables[0][(byte)(crc ^ b)] ^ (crc >> 8);
        return ~crc;
    }

    static uint[][] MakeTables()
    {
        uint[][] tables = [.. Enumerable.Range(0, Lanes).Select(_ => new uint[256])];
        for (uint i = 0; i < 256; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            tables[0][i] = crc;
        }
        for (int lane = 1; lane < Lanes; lane++)
        {
            for (int i = 0; i < 256; i++) tables[lane][i] = tables[0][(byte)tables[lane - 1][i]] ^ (tables[lane - 1][i] >> 8);
        }
        return tables;
    }
}
