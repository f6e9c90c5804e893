using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Cfgen.Cli;

/// <summary>Makes the log of a command: to stderr, one event a line.</summary>
static class Logging
{
    /// <summary>
    /// Warnings and worse; all with <c>--verbose</c>, only errors with <c>--quiet</c>, and with <c>--json</c> nothing that does not end the
    /// program: stderr then holds one JSON object or nothing.
    /// </summary>
    public static Logger Create(CliIo io, CommonOptions common) => new LoggerConfiguration()
        .MinimumLevel.Is(LevelOf(common))
        .WriteTo.Sink(new TextWriterSink(io.Error))
        .CreateLogger();

    static LogEventLevel LevelOf(CommonOptions common) => common switch
    {
        { Verbose: true } => LogEventLevel.Debug,
        { Json: true } => LogEventLevel.Fatal,
        { Quiet: true } => LogEventLevel.Error,
        _ => LogEventLevel.Warning,
    };
}
