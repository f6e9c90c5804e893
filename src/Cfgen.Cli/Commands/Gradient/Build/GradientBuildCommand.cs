using System.CommandLine;
using Cfgen.Cli.CommandLine;
using Cfgen.Inference.Gradients;

namespace Cfgen.Cli.Commands.Gradient.Build;

/// <summary>Defines <c>cfgen gradient build</c>: its names, its help and its checks.</summary>
sealed class GradientBuildCommand : Command, IHelpNotes
{
    static readonly Choices<GradientSeed> s_scalars = new(("sum", GradientSeed.Sum), ("index", GradientSeed.Index));

    readonly Argument<string?> _model = GradientOptions.Model();
    readonly Option<string?> _output = GradientOptions.Output();
    readonly Option<string[]?> _withRespectTo = GradientOptions.WithRespectTo();
    readonly Option<bool> _computeFloat32 = Precision.ComputeFloat32();
    readonly Option<GradientSeed?> _scalar =
        s_scalars.ToOption(
            "--scalar", "KIND",
            "Differentiate one number instead: the output's sum, or in each row the column that a further input OUTPUT_index chooses. "
                + "Default: an input OUTPUT_cotangent weighs the output.");
    readonly Option<bool> _portable = new("--portable")
    {
        Description = "Write every gradient in the textbook's form, for other runtimes and devices. "
            + "Default: as ONNX Runtime runs it fastest on a CPU.",
        Arity = ArgumentArity.Zero,
    };
    readonly Option<string?> _out = new("--out", "-o")
    {
        HelpName = "FILE",
        Description = "The gradient file, which appears whole or not at all.",
        CustomParser = Texts.NotEmpty,
        Required = true,
    };
    readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace a file that is there.", Arity = ArgumentArity.Zero };

    public GradientBuildCommand(CommonOptionSet common, Func<GradientBuildArguments, CommonOptions, CancellationToken, Task<ExitCode>> run)
        : base("build", "Write the model with its gradient as further outputs INPUT_gradient.")
    {
        Arguments.Add(_model);
        Option[] options = [_out, _overwrite, _output, _withRespectTo, _scalar, _portable, _computeFloat32];
        foreach (Option option in options) Options.Add(option);
        this.RunsOnThePool((result, cancellationToken) => run(Bind(result), common.Bind(result), cancellationToken));
    }

    public string HelpNotes => """
        Examples:
          cfgen gradient build classifier.onnx --out classifier-gradient.onnx
          cfgen gradient build classifier.onnx --scalar index --out saliency.onnx
          cfgen gradient build decoder.onnx --output image --wrt z --out decoder-gradient.onnx --json
        """;

    GradientBuildArguments Bind(ParseResult result) => new(result.GetValue(_model)!, result.GetValue(_out)!)
    {
        Output = result.GetValue(_output),
        WithRespectTo = result.GetValue(_withRespectTo) ?? [],
        Scalar = result.GetValue(_scalar),
        Portable = result.GetValue(_portable),
        Overwrite = result.GetValue(_overwrite),
        ComputeFloat32 = result.GetValue(_computeFloat32),
    };
}
