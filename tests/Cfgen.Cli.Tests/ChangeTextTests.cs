using Cfgen.Cli.Output.Console;

namespace Cfgen.Cli.Tests;

/// <summary>Changes are told with the digits that mean something.</summary>
public sealed class ChangeTextTests
{
    [Theory]
    [InlineData("deg", -10.3342, "-10 degrees")]
    [InlineData("px2", -1037.0625, "-1037 square pixels")]
    [InlineData("px", 2.2216, "+2.2 pixels")]
    [InlineData("px", -0.04, "0.0 pixels")]
    [InlineData("count", -1, "-1")]
    [InlineData("count", 2, "+2")]
    [InlineData("1", 0.0349, "+0.03")]
    [InlineData("mm", 1.2345, "+1.23 mm")]
    public void Of_a_unit(string unit, double change, string told) => Assert.Equal(told, Told(unit, change));

    [Fact]
    public void Of_no_number() => Assert.Equal("not finite", Told("px", null));

    static string Told(string unit, double? change) =>
        ChangeText.Of(new("d", unit, 0, change, change, null));
}
