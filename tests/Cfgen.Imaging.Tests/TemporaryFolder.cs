namespace Cfgen.Imaging.Tests;

/// <summary>A folder of a test's own, gone with it.</summary>
sealed class TemporaryFolder : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cfgen-imaging-");

    /// <summary>The folder itself.</summary>
    public string FullName => _folder.FullName;

    /// <summary>A path in the folder; nothing is there yet.</summary>
    public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    /// <summary>The path of a new file with these bytes.</summary>
    public string File(string name, byte[] bytes)
    {
        System.IO.File.WriteAllBytes(Path(name), bytes);
        return Path(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
