using Serilog.Core;

namespace Cfgen.Cli.Tests;

public sealed class LoggingTests
{
    [Theory]
    [InlineData("", "warning: three\nerror: four\n")]
    [InlineData("verbose", "debug: one\ninformation: two\nwarning: three\nerror: four\n")]
    [InlineData("quiet", "error: four\n")]
    [InlineData("json", "")]
    public void Each_level_of_talk_shows_its_events_on_stderr(string option, string expected)
    {
        StringWriter output = new(), error = new();
        using Logger log =
            Logging.Create(CliRun.Io(output, error), new(Json: option == "json", Quiet: option == "quiet", Verbose: option == "verbose"));
        log.Debug("{Number:l}", "one");
        log.Information("two");
        log.Warning("three");
        log.Error("four");
        Assert.Equal(expected, error.ToString().ReplaceLineEndings("\n"));
        Assert.Equal("", output.ToString());
    }
}
