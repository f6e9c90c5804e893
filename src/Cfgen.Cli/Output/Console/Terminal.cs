using Spectre.Console;

namespace Cfgen.Cli.Output.Console;

/// <summary>Makes consoles that draw on the streams the program was given.</summary>
static class Terminal
{
    /// <summary>Draws on a stream that a person reads, with what the terminal behind it can show.</summary>
    public static IAnsiConsole On(TextWriter stream, bool color) => AnsiConsole.Create(new()
    {
        Out = new AnsiConsoleOutput(stream),
        ColorSystem = color ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
    });
}
