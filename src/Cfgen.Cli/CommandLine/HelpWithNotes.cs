using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Cfgen.Cli.CommandLine;

/// <summary>The library's help, and below it the command's own notes.</summary>
sealed class HelpWithNotes : SynchronousCommandLineAction
{
    /// <summary>Columns where nobody's terminal says how wide it is.</summary>
    const int PlainWidth = 100;

    readonly HelpAction _help;

    public HelpWithNotes(HelpAction help, bool toTerminal)
    {
        _help = help;
        if (!toTerminal) help.MaxWidth = PlainWidth;
    }

    /// <summary>Who asks for help gets it, however wrong the rest of the line is.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int exit = _help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is IHelpNotes notes) parseResult.InvocationConfiguration.Output.WriteLine(notes.HelpNotes);
        return exit;
    }
}
