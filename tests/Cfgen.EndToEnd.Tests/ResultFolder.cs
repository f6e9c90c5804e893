using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Cfgen.EndToEnd.Tests;

/// <summary>A folder that <c>cfgen explain</c> wrote.</summary>
sealed class ResultFolder(string path)
{
    /// <summary>Files of every result but the frames.</summary>
    static readonly string[] s_always =
    [
        "change.png", "codes.npy", "counterfactual.png", "difference.png", "filmstrip.png", "importances.csv", "original.png", "path.webp",
        "reconstruction.png", "run.json", "trajectory.csv",
    ];

    /// <summary>The path of a file in it.</summary>
    public string this[string name] => Path.Combine(path, name);

    /// <summary>All files, relative, sorted.</summary>
    public string[] Files =>
        [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(path, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary><c>run.json</c>.</summary>
    public JsonObject Run => JsonNode.Parse(File.ReadAllText(this["run.json"]))!.AsObject();

    /// <summary>A number of the steps' table, one a step.</summary>
    public double[] Column(string name)
    {
        string[] lines = File.ReadAllText(this["trajectory.csv"]).TrimEnd('\n').Split('\n');
        int column = Array.IndexOf(lines[0].Split(','), name);
        return [.. lines[1..].Select(line => double.Parse(line.Split(',')[column], System.Globalization.CultureInfo.InvariantCulture))];
    }

    /// <summary>Fails unless exactly the promised files are there, with a frame for each of so many steps and the start.</summary>
    public void IsWhole(int steps) =>
        Assert.Equal(
            s_always.Concat(Enumerable.Range(0, steps + 1).Select(step => $"frames/{step:0000}.png")).Order(StringComparer.Ordinal), Files);

    /// <summary>
    /// The hash of every file. Of <c>run.json</c> it is taken without the timings, the one part in which two equal runs differ,
    /// and without <paramref name="apart"/>, whose parts are joined by dots.
    /// </summary>
    public Dictionary<string, string> Hashes(params string[] apart)
    {
        JsonObject run = Run;
        foreach (string[] key in apart.Append("timings").Select(key => key.Split('.')))
            Assert.True(key[..^1].Aggregate(run, (at, part) => at[part]!.AsObject()).Remove(key[^1]));
        Dictionary<string, string> hashes =
            Files.ToDictionary(file => file, file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(this[file]))));
        hashes["run.json"] = run.ToJsonString();
        return hashes;
    }
}
