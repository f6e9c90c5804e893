using System.Text.RegularExpressions;

namespace Cfgen.Autodiff.Tests;

/// <summary>What docs/adding-a-gradient-rule.md shows is the code itself.</summary>
public sealed partial class RecipeTests
{
    [Fact]
    public void Every_block_of_code_stands_in_the_file_that_it_names()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "adding-a-gradient-rule.md"));
        Match[] blocks = Block().Matches(page).ToArray();
        Assert.True(blocks.Length >= 4);
        Assert.All(blocks, block => Assert.Contains(
            Unindented(block.Groups["code"].Value),
            Unindented(File.ReadAllText(Path.Combine(Repository.Root, block.Groups["file"].Value))),
            StringComparison.Ordinal));
    }

    /// <summary>Indentation and empty lines differ between a page and a file.</summary>
    static string Unindented(string text) =>
        string.Join('\n', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"```csharp\n *// (?<file>\S+)\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
