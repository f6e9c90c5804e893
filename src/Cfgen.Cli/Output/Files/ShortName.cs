using System.Security.Cryptography;
using System.Text;

namespace Cfgen.Cli.Output.Files;

/// <summary>Names for folders that every file system takes.</summary>
static class ShortName
{
    /// <summary>
    /// Bytes of a name that cfgen makes up: what is put around it while the folder is written keeps within the 255 that file systems
    /// take.
    /// </summary>
    public const int MaxBytes = 200;

    /// <summary>Hexadecimal digits of the hash that tells shortened names apart.</summary>
    const int HashDigits = 8;

    /// <summary>The name, or where it has too many bytes its beginning and a hash of the whole.</summary>
    /// <param name="name">Any text.</param>
    /// <param name="maxBytes">As UTF-8; 16 or more.</param>
    public static string Of(string name, int maxBytes = MaxBytes)
    {
        byte[] all = Encoding.UTF8.GetBytes(name);
        if (all.Length <= maxBytes) return name;
        string hash = Convert.ToHexStringLower(SHA256.HashData(all))[..HashDigits];
        StringBuilder start = new();
        int left = maxBytes - HashDigits - 1;
        foreach (Rune rune in name.EnumerateRunes())
        {
            left -= rune.Utf8SequenceLength;
            if (left < 0) break;
            start.Append(rune.ToString());
        }
        return $"{start}~{hash}";
    }
}
