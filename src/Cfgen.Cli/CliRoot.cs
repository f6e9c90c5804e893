using System.CommandLine;
using System.CommandLine.Help;
using Cfgen.Cli.CommandLine;
using Cfgen.Cli.Commands.Bundles;
using Cfgen.Cli.Commands.Explain;
using Cfgen.Cli.Commands.Generate;
using Cfgen.Cli.Commands.Gradient;
using Cfgen.Cli.Commands.Import;
using Cfgen.Cli.Commands.Inspect;
using Cfgen.Cli.Commands.Project;

namespace Cfgen.Cli;

/// <summary>The root of the command line: every command, and the options that all of them share.</summary>
sealed class CliRoot : RootCommand, IHelpNotes
{
    public CliRoot(CliIo io, CliHandlers handlers)
        : base("Shows what would have to look different in an image for a classifier to decide otherwise.")
    {
        HelpName = "cfgen";
        Common.AddTo(this);
        Subcommands.Add(new ExplainCommand(Common, handlers.Explain));
        Subcommands.Add(new ProjectCommand(Common, handlers.Project));
        Subcommands.Add(new InspectCommand(Common, handlers.Inspect));
        Subcommands.Add(new BundleCommand(Common, handlers));
        Subcommands.Add(new ImportCommand(Common, handlers.Import));
        Subcommands.Add(new GenerateCommand(Common, handlers.Generate));
        Subcommands.Add(new GradientCommand(Common, handlers));
        VersionOption version = Options.OfType<VersionOption>().Single();
        version.Description = "Show name and version.";
        version.Action = new VersionAction();
        HelpOption help = Options.OfType<HelpOption>().Single();
        help.Description = "Show this help.";
        help.Action = new HelpWithNotes((HelpAction)help.Action!, io.OutputIsTerminal);
    }

    /// <summary>The options of every command.</summary>
    public CommonOptionSet Common { get; } = new();

    public string HelpNotes => """
        Exit codes:
          0    done: the target class was reached, the gradient agrees
          1    finished, but the target class was not reached, or the gradient or an expected image does not agree
          2    something you can mend: an argument, a file, a model
          70   a defect in cfgen
          130  interrupted (143 by SIGTERM)

        Environment:
          CFGEN_BUNDLE  the bundle to use where --bundle is not given
          CFGEN_CACHE   the folder to keep built graphs in, instead of the user's cache folder
          NO_COLOR      no colours
        """;
}
