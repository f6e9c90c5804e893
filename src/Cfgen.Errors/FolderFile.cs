namespace Cfgen;

/// <summary>
/// The one rule for files that a model or a bundle names: they are regular files in its own folder or below, never behind
/// <c>..</c>, an absolute path or a link, and of one name alone. Whoever made the folder is a stranger, and another name may be
/// that of a file that was not to be read.
/// </summary>
public static class FolderFile
{
    /// <summary>Finds the file.</summary>
    /// <param name="folder">The folder of the file that names it; links on the way to it do not matter.</param>
    /// <param name="location">The name as it stands there, with <c>/</c> between folders.</param>
    /// <returns>Its path, or what was found instead and what is expected.</returns>
    public static (string? Path, string Found, string Expected) Find(string folder, string location)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(location);
        string[] parts = location.Split('/', '\\');
        if (Path.IsPathRooted(location) || parts.Any(p => p is "" or "." or "..") || location.AsSpan().ContainsAny(':', '\0'))
            return (null, $"the location '{location}'", "a file in its own folder: no absolute path, no '..'");
        string path = folder;
        foreach (string part in parts)
        {
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is { } target)
                return (null, $"'{location}' is a link to '{target}'", "a regular file in its own folder");
        }
        return FileNature.Of(path).Names is > 1 and var names && !Directory.Exists(path)
            ? (null, $"'{location}' has {names} names (hard links)", "a file of one name")
            : (path, "", "");
    }
}
