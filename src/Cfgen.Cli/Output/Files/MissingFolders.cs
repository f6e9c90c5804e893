namespace Cfgen.Cli.Output.Files;

/// <summary>Folders that are made around a result, and taken away again where it does not come about.</summary>
static class MissingFolders
{
    /// <summary>The folder and those around it that do not exist, from the inside out.</summary>
    public static IEnumerable<string> From(string folder)
    {
        for (string? f = folder; f is not null && !Directory.Exists(f); f = Path.GetDirectoryName(f)) yield return f;
    }

    /// <summary>Removes folders from the inside out, as far as nothing is in them.</summary>
    public static void RemoveEmpty(IEnumerable<string> folders)
    {
        try
        {
            foreach (string folder in folders.SkipWhile(folder => !Directory.Exists(folder)).TakeWhile(IsEmpty))
                Directory.Delete(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process has just written there, or an error is on its way already that must not be hidden behind this one.
        }
    }

    public static bool IsEmpty(string path) => Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any();
}
