using CsCheck;

namespace Cfgen.OnnxFormat.Tests;

public sealed class NearestTests
{
    static readonly Gen<string> s_word = Gen.String[Gen.Char["abcAB"], 0, 6];

    /// <summary>Levenshtein's distance as its definition has it, without regard to case.</summary>
    static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.IsEmpty || b.IsEmpty) return a.Length + b.Length;
        int change = char.ToUpperInvariant(a[0]) == char.ToUpperInvariant(b[0]) ? 0 : 1;
        return Math.Min(Distance(a[1..], b[1..]) + change, Math.Min(Distance(a[1..], b), Distance(a, b[1..])) + 1);
    }

    [Fact]
    public void The_nearest_is_the_first_of_the_smallest_distance_of_at_most_half_the_letters() =>
        Gen.Select(s_word, s_word.Array[0, 5]).Sample((word, candidates) =>
        {
            string? expected =
                candidates.Where(c => Distance(word, c) * 2 <= Math.Max(word.Length, c.Length)).MinBy(c => Distance(word, c));
            Assert.Equal(expected, Nearest.Of(word, candidates));
        });

    [Fact]
    public void The_word_itself_wins_wherever_it_stands_and_however_it_is_cased() =>
        Gen.Select(s_word, s_word.Array[0, 5], s_word.Array[0, 5]).Sample((word, before, after) =>
            Assert.Equal(word, Nearest.Of(word.ToUpperInvariant(), [.. before, word, .. after]), ignoreCase: true));

    [Fact]
    public void Two_words_are_near_each_other_or_neither_is() =>
        Gen.Select(s_word, s_word).Sample((a, b) => Nearest.Of(a, [b]) is null == Nearest.Of(b, [a]) is null);

    [Fact]
    public void Words_without_a_common_letter_are_far() =>
        Gen.Select(Gen.String[Gen.Char["abc"], 1, 8], Gen.String[Gen.Char["xyz"], 0, 8].Array[0, 5])
            .Sample((word, candidates) => Nearest.Of(word, candidates) is null);

    [Theory]
    [InlineData("classifer", "classifier")]
    [InlineData("encodr", "encoder")]
    [InlineData("Generator", "generator")]
    [InlineData("--treshold", "--threshold")]
    [InlineData("banana", null)]
    [InlineData("", null)]
    public void A_slip_of_the_finger_is_understood(string word, string? meant) =>
        Assert.Equal(meant, Nearest.Of(word, ["encoder", "generator", "classifier", "--threshold"]));

    [Fact]
    public void Of_no_candidates_none_is_near() => Assert.Null(Nearest.Of("word", []));
}
