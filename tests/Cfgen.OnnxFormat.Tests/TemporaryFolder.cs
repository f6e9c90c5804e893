namespace Cfgen.OnnxFormat.Tests;

/// <summary>A folder of a test's own, gone with it.</summary>
sealed class TemporaryFolder : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cfgen-onnx-");

    /// <summary>The folder itself.</summary>
    public string FullName => _folder.FullName;

    /// <summary>Names of everything in the folder, sorted.</summary>
    public IEnumerable<string?> Names => Directory.EnumerateFileSystemEntries(FullName).Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal);

    /// <summary>A path in the folder; nothing is there yet.</summary>
    public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    /// <summary>The path of a new file with these bytes.</summary>
    public string File(string name, ReadOnlySpan<byte> bytes)
    {
        System.IO.File.WriteAllBytes(Path(name), bytes);
        return Path(name);
    }

    /// <summary>The path of a new file of this length, zeros that take no room on the disk.</summary>
    public string Sparse(string name, long length)
    {
        using FileStream stream = System.IO.File.Create(Path(name));
        stream.SetLength(length);
        return Path(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
