using System.CommandLine;
using Cfgen.Cli.CommandLine;

namespace Cfgen.Cli.Commands.Gradient.Time;

/// <summary>Defines <c>cfgen gradient time</c>: its names, its help and its checks.</summary>
sealed class GradientTimeCommand : Command, IHelpNotes
{
    readonly Argument<string?> _model = GradientOptions.Model();
    readonly Option<string?> _output = GradientOptions.Output();
    readonly Option<string[]?> _withRespectTo = GradientOptions.WithRespectTo();
    readonly Option<bool> _computeFloat32 = Precision.ComputeFloat32();
    readonly Option<int?> _batch = new("--batch")
    {
        HelpName = "N",
        Description = "Rows of the batch, where the model leaves that free. Default: 1.",
        CustomParser = Numbers.Whole(1, 65_536),
    };
    readonly Option<int?> _threads = new("--threads")
    {
        HelpName = "N",
        Description = "Threads for the networks. Default: 0, one for each core.",
        CustomParser = Numbers.Whole(0, 1024),
    };
    readonly Option<int?> _repeat = new("--repeat")
    {
        HelpName = "N",
        Description = "Runs of each graph, by turns; the medians count. Default: 20.",
        CustomParser = Numbers.Whole(1, 100_000),
    };

    public GradientTimeCommand(CommonOptionSet common, Func<GradientTimeArguments, CommonOptions, CancellationToken, Task<ExitCode>> run)
        : base("time", "Time the model against the model with its gradient, and count the multiply-adds of both.")
    {
        Arguments.Add(_model);
        foreach (Option option in new Option[] { _output, _withRespectTo, _batch, _threads, _repeat, _computeFloat32 }) Options.Add(option);
        this.RunsOnThePool((result, cancellationToken) => run(Bind(result), common.Bind(result), cancellationToken));
    }

    public string HelpNotes => """
        Examples:
          cfgen gradient time classifier.onnx
          cfgen gradient time decoder.onnx --output image --wrt z --batch 16 --threads 1 --json
        """;

    GradientTimeArguments Bind(ParseResult result) => new(result.GetValue(_model)!)
    {
        Output = result.GetValue(_output),
        WithRespectTo = result.GetValue(_withRespectTo) ?? [],
        Batch = result.GetValue(_batch),
        Threads = result.GetValue(_threads),
        Repeat = result.GetValue(_repeat),
        ComputeFloat32 = result.GetValue(_computeFloat32),
    };
}
