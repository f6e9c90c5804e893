using System.Globalization;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace Cfgen.Cli;

/// <summary>Writes log events to the stream that the program was given, where the console sink would write past it.</summary>
sealed class TextWriterSink(TextWriter writer) : ILogEventSink
{
    readonly MessageTemplateTextFormatter _formatter = new("{Level:w}: {Message:lj}", CultureInfo.InvariantCulture);
    readonly Lock _oneAtATime = new();

    public void Emit(LogEvent logEvent)
    {
        using StringWriter line = new(CultureInfo.InvariantCulture);
        _formatter.Format(logEvent, line);
        lock (_oneAtATime)
        {
            writer.WriteLine(ShownText.Of(line.ToString()));
            if (logEvent.Exception is { } exception) writer.WriteLine(ShownText.OfLines(exception.ToString()));
        }
    }
}
