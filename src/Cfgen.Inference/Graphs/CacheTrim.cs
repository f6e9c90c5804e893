namespace Cfgen.Inference.Graphs;

/// <summary>Keeps the cache below its limit: what was used longest ago goes first.</summary>
static class CacheTrim
{
    /// <summary>Marks an entry as used now. A cache that may only be read keeps the marks that it has.</summary>
    public static void Use(string entry)
    {
        try
        {
            Directory.SetLastWriteTimeUtc(entry, TimeProvider.System.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Deletes entries until the rest takes no more than <paramref name="bytes"/>; what another process is just deleting or
    /// writing is left to it.</summary>
    /// <param name="folder">The cache's.</param>
    /// <param name="bytes">The limit.</param>
    /// <param name="keep">Folder of an entry that stays even if it is larger by itself.</param>
    public static void Trim(string folder, long bytes, string keep)
    {
        try
        {
            DirectoryInfo[] entries =
                [.. new DirectoryInfo(folder).EnumerateDirectories().Where(IsEntry).OrderByDescending(entry => entry.LastWriteTimeUtc)];
            long held = Size(new(keep));
            foreach (DirectoryInfo entry in entries.Where(entry => entry.Name != Path.GetFileName(keep)))
            {
                held += Size(entry);
                if (held > bytes) entry.Delete(recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>The cache may be a folder that holds other things as well: only what is named like an entry is touched.</summary>
    static bool IsEntry(DirectoryInfo folder) => folder.Name.Length == 64 && folder.Name.All(char.IsAsciiHexDigitLower);

    static long Size(DirectoryInfo entry) => entry.EnumerateFiles().Sum(file => file.Length);
}
