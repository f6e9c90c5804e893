using System.CommandLine;
using Cfgen.Cli.CommandLine;
using Cfgen.Cli.Commands.Bundles.Create;

namespace Cfgen.Cli.Commands.Bundles;

/// <summary>Defines <c>cfgen bundle</c>, which only holds its commands together.</summary>
sealed class BundleCommand : Command, IHelpNotes
{
    public BundleCommand(CommonOptionSet common, CliHandlers handlers)
        : base("bundle", "Bundles: folders of models that belong together.") =>
            Subcommands.Add(new BundleCreateCommand(common, handlers.BundleCreate));

    public string HelpNotes => """
        Examples:
          cfgen bundle create my-bundle --generator decoder.onnx --encoder encoder.onnx --classifier classifier.onnx
        """;
}
