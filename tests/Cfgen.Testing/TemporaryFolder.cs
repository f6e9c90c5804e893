namespace Cfgen.Testing;

/// <summary>A folder of a test's own, gone with it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("cfgen-test-").FullName;

    /// <summary>The path of something in it; nothing need be there yet.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Names of all that is directly in it, hidden or not, sorted.</summary>
    public string[] Names =>
        [.. Directory.EnumerateFileSystemEntries(Path).Select(entry => System.IO.Path.GetFileName(entry)!).Order(StringComparer.Ordinal)];

    /// <summary>The path of a new file with these bytes.</summary>
    public string File(string name, ReadOnlySpan<byte> bytes)
    {
        System.IO.File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    /// <summary>The path of a new file of this length, zeros that take no room on the disk.</summary>
    public string Sparse(string name, long length)
    {
        using FileStream stream = System.IO.File.Create(this[name]);
        stream.SetLength(length);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
