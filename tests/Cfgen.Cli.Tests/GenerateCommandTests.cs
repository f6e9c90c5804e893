using Cfgen.Cli.Commands.Generate;

namespace Cfgen.Cli.Tests;

public sealed class GenerateCommandTests
{
    [Fact]
    public async Task What_is_typed_arrives()
    {
        GenerateArguments arguments = await CliRun.Generate(
            "--seeds", "1", "--bundle", "faces", "--trunc", "0.7", "--truncation-cutoff", "8", "--class", "3", "--out", "out",
            "--overwrite");
        Assert.Equal(new(arguments.Seeds) { Bundle = "faces", Psi = 0.7, Cutoff = 8, Class = 3, Out = "out", Overwrite = true }, arguments);
    }

    [Fact]
    public async Task What_is_not_typed_is_not_made_up()
    {
        GenerateArguments arguments = await CliRun.Generate("--seeds", "1");
        Assert.Equal(new(arguments.Seeds), arguments);
    }

    [Theory]
    [InlineData("42", "42")]
    [InlineData("0-3,42", "0,1,2,3,42")]
    [InlineData("7,5,6,5-8", "7,5,6,8")]
    [InlineData("4294967294-4294967295", "4294967294,4294967295")]
    public async Task Seeds_are_numbers_and_ranges_each_once(string typed, string seeds) =>
        Assert.Equal(seeds, string.Join(",", (await CliRun.Generate("--seeds", typed)).Seeds.Seeds));
}
