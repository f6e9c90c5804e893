using System.Runtime.CompilerServices;

namespace Cfgen.Testing;

/// <summary>Compares a text with a file of the repository; <c>CFGEN_UPDATE_GOLDEN=1</c> rewrites the file instead.</summary>
public static class Golden
{
    /// <summary>Compares with <c>Golden/NAME</c> beside the test.</summary>
    public static void Matches(string name, string actual, [CallerFilePath] string test = "") =>
        MatchesFile(Path.Combine(Path.GetDirectoryName(test)!, "Golden", name), actual);

    /// <summary>Compares with any file.</summary>
    public static void MatchesFile(string path, string actual)
    {
        actual = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("CFGEN_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }
        Assert.True(File.Exists(path), $"There is no {path}: run with CFGEN_UPDATE_GOLDEN=1, read what it wrote, commit it.");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
