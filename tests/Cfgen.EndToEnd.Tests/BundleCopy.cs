namespace Cfgen.EndToEnd.Tests;

/// <summary>A copy of the bundled digits for a test to change.</summary>
sealed class BundleCopy
{
    readonly string _folder;

    public BundleCopy(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.EnumerateFiles(Built.Digits)) File.Copy(file, this[Path.GetFileName(file)]);
    }

    /// <summary>The path of a file in it.</summary>
    public string this[string name] => Path.Combine(_folder, name);

    /// <summary>Replaces a text that occurs in <c>model.json</c>.</summary>
    public void Edit(string old, string replacement)
    {
        string manifest = File.ReadAllText(this["model.json"]);
        Assert.Contains(old, manifest, StringComparison.Ordinal);
        File.WriteAllText(this["model.json"], manifest.Replace(old, replacement, StringComparison.Ordinal));
    }
}
