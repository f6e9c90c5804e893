namespace Cfgen.StyleGan.Torch;

/// <summary>One file in a zip file that stores it as it is.</summary>
/// <param name="Name">Its name, with which nothing is ever opened.</param>
/// <param name="Crc">The checksum that it should have.</param>
/// <param name="Header">Where its own header stands, in bytes from the start of the zip file.</param>
/// <param name="Offset">Where its data begins.</param>
/// <param name="Length">The length of its data in bytes.</param>
sealed record ZipEntry(string Name, uint Crc, long Header, long Offset, long Length);
