using System.CommandLine;
using Cfgen.Cli.CommandLine;
using Cfgen.Cli.Commands.Gradient.Build;
using Cfgen.Cli.Commands.Gradient.Check;
using Cfgen.Cli.Commands.Gradient.Time;

namespace Cfgen.Cli.Commands.Gradient;

/// <summary>Defines <c>cfgen gradient</c>, which only holds its commands together.</summary>
sealed class GradientCommand : Command, IHelpNotes
{
    public GradientCommand(CommonOptionSet common, CliHandlers handlers)
        : base("gradient", "Gradients of any ONNX model: as a file, compared with differences, and timed.")
    {
        Subcommands.Add(new GradientBuildCommand(common, handlers.GradientBuild));
        Subcommands.Add(new GradientCheckCommand(common, handlers.GradientCheck));
        Subcommands.Add(new GradientTimeCommand(common, handlers.GradientTime));
    }

    public string HelpNotes => """
        Examples:
          cfgen gradient check classifier.onnx
          cfgen gradient build classifier.onnx --out classifier-gradient.onnx
          cfgen gradient time classifier.onnx --threads 1
        """;
}
