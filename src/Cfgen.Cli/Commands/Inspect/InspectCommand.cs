using System.CommandLine;
using Cfgen.Cli.CommandLine;

namespace Cfgen.Cli.Commands.Inspect;

/// <summary>Defines <c>cfgen inspect</c>: its names, its help and its checks.</summary>
sealed class InspectCommand : Command, IHelpNotes
{
    readonly Argument<string?> _path = new("PATH")
    {
        Description = "A bundle's folder or an ONNX file. Default: CFGEN_BUNDLE, or models/digits beside the program.",
        CustomParser = Texts.NotEmpty,
        Arity = ArgumentArity.ZeroOrOne,
    };

    public InspectCommand(CommonOptionSet common, Func<InspectArguments, CommonOptions, CancellationToken, Task<ExitCode>> run)
        : base("inspect", "Show what a bundle or a model holds, what it lacks, and whether cfgen can use it.")
    {
        Arguments.Add(_path);
        this.RunsOnThePool((result, cancellationToken) => run(new(result.GetValue(_path)), common.Bind(result), cancellationToken));
    }

    public string HelpNotes => """
        Examples:
          cfgen inspect
          cfgen inspect models/castings
          cfgen inspect classifier.onnx --json
        """;
}
