using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Cfgen.Cli.CommandLine;

namespace Cfgen.Cli.Commands.Generate;

/// <summary>Seeds as people write them: numbers and ranges with commas between them, such as <c>0-15,42</c>.</summary>
/// <param name="Seeds">In the order typed, each once.</param>
sealed record SeedList(IReadOnlyList<uint> Seeds)
{
    /// <summary>Most seeds of one run: more are a typing error rather than a wish.</summary>
    public const int Most = 100_000;

    /// <summary>The option that takes them.</summary>
    public static Option<SeedList?> Option(string name, string description) =>
        new(name) { HelpName = "LIST", Description = description, CustomParser = Parse };

    /// <summary>One seed, 0 to 2^32 - 1: what NumPy's generator takes.</summary>
    public static bool TryParseOne(string text, out uint seed) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed);

    static SeedList? Parse(ArgumentResult result)
    {
        HashSet<uint> seen = [];
        List<uint> seeds = [];
        foreach (string part in result.Text().Split(','))
        {
            if (!TryParseRange(part, out uint first, out uint last))
            {
                result.Refuse(
                    $"seeds from 0 to {uint.MaxValue} and ranges of them, the smaller first, with commas between, such as 0-15,42");
                return null;
            }
            for (long seed = first; seed <= last && seeds.Count <= Most; seed++)
            {
                if (seen.Add((uint)seed)) seeds.Add((uint)seed);
            }
        }
        if (seeds.Count <= Most) return new(seeds);
        result.Refuse($"at most {Most} seeds at once");
        return null;
    }

    static bool TryParseRange(string text, out uint first, out uint last)
    {
        string[] ends = text.Split('-', 2);
        last = 0;
        return TryParseOne(ends[0], out first) && TryParseOne(ends[^1], out last) && first <= last;
    }
}
