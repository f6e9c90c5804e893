namespace Cfgen.Imaging.Tests;

public sealed class BitmapFontTests
{
    static string Shape(char letter) =>
        string.Concat(from row in Enumerable.Range(0, BitmapFont.Height)
                      from column in Enumerable.Range(0, BitmapFont.Width)
                      select BitmapFont.HasInk(letter, column, row) ? '#' : '.');

    [Fact]
    public void Every_letter_has_a_shape_of_its_own()
    {
        string[] shapes = [.. Enumerable.Range(' ', 95).Select(c => Shape((char)c))];
        Assert.Equal(95, shapes.Distinct().Count());
        Assert.Equal([' '], Enumerable.Range(' ', 95).Select(c => (char)c).Where(c => !Shape(c).Contains('#', StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData('ß')]
    [InlineData('\t')]
    [InlineData('\u007F')]
    public void A_letter_it_does_not_have_is_a_question_mark(char letter) => Assert.Equal(Shape('?'), Shape(letter));
}
