using System.Globalization;
using System.Text.RegularExpressions;

namespace Cfgen.EndToEnd.Tests;

/// <summary>What the documents show as the program's output is what it prints.</summary>
public sealed partial class DocumentedOutputTests(FourToNine run) : IDisposable
{
    readonly Workplace _place = new(run.Cache);

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("README.md", 1)]
    [InlineData("samples/README.md", 3)]
    public async Task Commands_with_their_output(string document, int examples)
    {
        string text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, document), TestContext.Current.CancellationToken);
        Match[] shown = [.. CommandAndOutput().Matches(text.ReplaceLineEndings("\n")).Cast<Match>()];
        Assert.Equal(examples, shown.Length);
        Directory.CreateDirectory(_place["samples"]);
        foreach (Match example in shown)
        {
            string[] words = example.Groups["command"].Value.Split(' ');
            Assert.StartsWith("samples/", words[1], StringComparison.Ordinal);
            File.Copy(Path.Combine(Repository.Root, words[1]), _place[words[1]], overwrite: true);
            ProgramRun printed = await _place.Run(words);
            Assert.Equal(0, printed.Exit);
            AssertSame(example.Groups["output"].Value, printed.Out);
        }
    }

    /// <summary>Words and numbers alike; a number may differ in its last digit, since another processor may round differently.</summary>
    static void AssertSame(string documented, string printed)
    {
        Assert.Equal(Number().Replace(documented, "#"), Number().Replace(printed, "#"));
        foreach ((Match expected, Match found) in Number().Matches(documented).Zip(Number().Matches(printed)))
        {
            double difference = ValueOf(expected) - ValueOf(found);
            double last = Math.Pow(10, -expected.Groups["decimals"].Length);
            Assert.True(Math.Abs(difference) < 1.5 * last, $"{expected.Value} is documented, {found.Value} printed:\n{printed}");
        }
    }

    static double ValueOf(Match number) => double.Parse(number.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"```sh\ndotnet run -c Release --project src/Cfgen\.Cli -- (?<command>explain [^\n]+)\n```\n\n"
        + @"```text\n(?<output>[^`]+)```")]
    private static partial Regex CommandAndOutput();

    // Not the digits inside names such as four-1 and px2.
    [GeneratedRegex(@"(?<![\w-])[+-]?\d+(\.(?<decimals>\d+))?\b")]
    private static partial Regex Number();
}
