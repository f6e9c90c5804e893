using System.Text;
using Cfgen.Cli.Output.Files;

namespace Cfgen.Cli.Tests;

public sealed class DefaultNamesTests
{
    [Theory]
    [InlineData("four-1.png", "nine", "four-1-to-nine")]
    [InlineData("/photos/my photo (2).jpeg", "nine", "my photo (2)-to-nine")]
    [InlineData("größe.png", "Übermaß", "größe-to-Übermaß")]
    [InlineData("a.png", "n02123045 tabby, tabby cat", "a-to-n02123045_tabby__tabby_cat")]
    [InlineData("a.png", "../../etc", "a-to-.._.._etc")]
    [InlineData("a:b*c?.png", "x", "a_b_c_-to-x")]
    [InlineData("-rf.png", "x", "_rf-to-x")]
    [InlineData("a\nb\u001b[31m.png", "x\n", "a_b_[31m-to-x_")]
    [InlineData("a\u202eb.png", "\u202e", "a_b-to-_")]
    [InlineData("$HOME`id`.png", "$(id)", "_HOME_id_-to-__id_")]
    public void A_name_is_one_that_file_systems_and_shells_take(string image, string name, string expected) =>
        Assert.Equal(expected, DefaultNames.Of(image, "to", name));

    [Theory]
    [InlineData(300, 1)]
    [InlineData(1, 10_000)]
    [InlineData(240, 240)]
    public void A_long_one_is_shortened_and_stays_apart_from_others(int image, int name)
    {
        (string picture, string to) = (new('i', image), new('c', name));
        (string first, string second) = (DefaultNames.Of(picture, "to", to), DefaultNames.Of(picture, "to", to + "d"));
        Assert.All([first, second], made => Assert.InRange(made.Length, 190, ShortName.MaxBytes));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Bytes_are_counted_and_no_letter_is_cut()
    {
        string made = DefaultNames.Of(new string('ß', 50) + string.Concat(Enumerable.Repeat("𝛼", 60)), "projected");
        Assert.InRange(Encoding.UTF8.GetByteCount(made), 195, ShortName.MaxBytes);
        Assert.DoesNotContain("\ufffd", made, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, made.Length), i => Assert.False(char.IsHighSurrogate(made[i]) && !char.IsLowSurrogate(made[i + 1])));
    }
}
