namespace Cfgen.Cli.CommandLine;

/// <summary>A command that has more to say in its help than its options: examples, exit codes.</summary>
interface IHelpNotes
{
    /// <summary>Whole lines, shown below the options.</summary>
    string HelpNotes { get; }
}
