using System.Text;

namespace Cfgen.Cli.Tests;

public sealed class ShownTextTests
{
    [Theory]
    [InlineData("größe 7 \\n <b> 日本 😀 क्‍ष", "größe 7 \\n <b> 日本 😀 क्‍ष")]
    [InlineData("\x1b[31mred\x1b[0m", @"\x1b[31mred\x1b[0m")]
    [InlineData("\x1b]0;title\a", @"\x1b]0;title\x07")]
    [InlineData("a\0b\u007f\u009b2Jc", @"a\x00b\x7f\x9b2Jc")]
    [InlineData("one\r\nerror: forged\ttwo", @"one\r\nerror: forged\ttwo")]
    [InlineData("gpj.\u202etxt\u202c \u2066x\u2069 \u200e\u200f\u061c", @"gpj.\u202etxt\u202c \u2066x\u2069 \u200e\u200f\u061c")]
    [InlineData("a\u2028b\u2029c\ufeff\u200b", @"a\u2028b\u2029c\ufeff\u200b")]
    [InlineData("tag \U000E0041.", @"tag \U000e0041.")]
    public void What_commands_a_terminal_or_misleads_a_reader_is_escaped_and_nothing_else(string text, string shown)
    {
        Assert.Equal(shown, ShownText.Of(text));
        Assert.Equal(shown, ShownText.Of(shown));
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_escaped()
    {
        Assert.Equal(@"a\ud800b", ShownText.Of("a\ud800b"));
        Assert.Equal(@"\udc00", ShownText.Of("\udc00"));
    }

    [Fact]
    public void A_long_text_loses_its_middle_and_says_how_much()
    {
        string shown = ShownText.Of($"start {new string('x', 200_000)} end");
        Assert.StartsWith("start xxx", shown, StringComparison.Ordinal);
        Assert.EndsWith("xxx end", shown, StringComparison.Ordinal);
        Assert.Contains(" ... (199,010 characters left out) ... ", shown, StringComparison.Ordinal);
        Assert.InRange(shown.Length, ShownText.Longest, ShownText.Longest + 60);
    }

    [Fact]
    public void No_pair_of_surrogates_is_cut_in_two()
    {
        string faces = string.Concat(Enumerable.Repeat("😀", 50));
        for (int longest = 1; longest < 50; longest++)
            Assert.DoesNotContain(@"\ud", ShownText.Of(faces, longest), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_stay_lines_and_each_is_made_fit()
    {
        Assert.Equal("at A\nat \\x1b[2JB", ShownText.OfLines("at A\r\nat \x1b[2JB"));
    }

    [Fact]
    public void Every_character_of_the_plane_comes_out_readable()
    {
        for (int c = 0; c <= char.MaxValue; c++)
        {
            string shown = ShownText.Of($"{(char)c}");
            Assert.All(shown.EnumerateRunes(), rune => Assert.False(ShownText.IsHidden(rune) || Rune.IsControl(rune)));
        }
    }
}
