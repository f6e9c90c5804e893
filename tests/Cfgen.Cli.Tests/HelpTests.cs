using Cfgen.Cli.CommandLine;

namespace Cfgen.Cli.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("help.txt", "--help")]
    [InlineData("help-explain.txt", "explain", "--help")]
    [InlineData("help-project.txt", "project", "--help")]
    [InlineData("help-inspect.txt", "inspect", "--help")]
    [InlineData("help-bundle.txt", "bundle", "--help")]
    [InlineData("help-bundle-create.txt", "bundle", "create", "--help")]
    [InlineData("help-import.txt", "import", "--help")]
    [InlineData("help-generate.txt", "generate", "--help")]
    [InlineData("help-gradient.txt", "gradient", "--help")]
    [InlineData("help-gradient-build.txt", "gradient", "build", "--help")]
    [InlineData("help-gradient-check.txt", "gradient", "check", "--help")]
    [InlineData("help-gradient-time.txt", "gradient", "time", "--help")]
    public async Task Help_is_as_published(string golden, params string[] args)
    {
        (int exit, string output, string error) = await CliRun.Of(args);
        Golden.Matches(golden, output);
        Assert.Equal("", error);
        Assert.Equal(0, exit);
    }

    [Theory]
    [InlineData("explain", "--threshold", "7", "--help")]
    [InlineData("explain", "--no-such-option", "-h")]
    [InlineData("explain", "a.png", "b.png", "-?")]
    public async Task Who_asks_for_help_gets_it_however_wrong_the_line(params string[] args)
    {
        (int exit, string output, string error) = await CliRun.Of(args);
        Assert.Contains("cfgen explain <IMAGE>", output, StringComparison.Ordinal);
        Assert.Equal("", error);
        Assert.Equal(0, exit);
    }

    [Fact]
    public async Task The_names_of_every_alternative_are_in_the_help()
    {
        string help = (await CliRun.Of(["explain", "--help"])).Out;
        string[] names = [.. SearchChoices.Direction.Names, .. SearchChoices.Objective.Names, .. SearchChoices.Space.Names];
        Assert.All(names, name => Assert.Contains(name, help, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_version_is_that_of_the_build() => Assert.Equal((0, "cfgen 0.1.0\n", ""), await CliRun.Of(["--version"]));

    [Fact]
    public async Task A_shell_can_ask_how_a_word_goes_on() => Assert.Equal("explain\n", (await CliRun.Of(["[suggest]", "exp"])).Out);
}
