using System.CommandLine;
using Cfgen.Cli.CommandLine;

namespace Cfgen.Cli.Commands.Gradient.Check;

/// <summary>Defines <c>cfgen gradient check</c>: its names, its help and its checks.</summary>
sealed class GradientCheckCommand : Command, IHelpNotes
{
    readonly Argument<string?> _model = GradientOptions.Model();
    readonly Option<string?> _output = GradientOptions.Output();
    readonly Option<string[]?> _withRespectTo = GradientOptions.WithRespectTo();
    readonly Option<bool> _computeFloat32 = Precision.ComputeFloat32();
    readonly Option<int?> _points = new("--points")
    {
        HelpName = "N",
        Description = "Random points. Default: 3.",
        CustomParser = Numbers.Whole(1, 10_000),
    };
    readonly Option<int?> _directions = new("--directions")
    {
        HelpName = "N",
        Description = "Random directions at each point. Default: 5.",
        CustomParser = Numbers.Whole(1, 10_000),
    };
    readonly Option<int?> _seed = new("--seed")
    {
        HelpName = "N",
        Description = "Seed of points, directions and weights of the output. Default: 0.",
        CustomParser = Numbers.Whole(0, int.MaxValue),
    };
    readonly Option<double?> _tolerance = new("--tolerance")
    {
        HelpName = "X",
        Description = "The largest relative error that counts as agreement, above 0 and below 1. Default: 0.02.",
        CustomParser = Numbers.Between(0, 1, example: 0.02),
    };

    public GradientCheckCommand(CommonOptionSet common, Func<GradientCheckArguments, CommonOptions, CancellationToken, Task<ExitCode>> run)
        : base("check", "Show which operators have a gradient, and compare the model's gradient with differences.")
    {
        Arguments.Add(_model);
        foreach (Option option in new Option[] { _output, _withRespectTo, _points, _directions, _seed, _tolerance, _computeFloat32 })
            Options.Add(option);
        this.RunsOnThePool((result, cancellationToken) => run(Bind(result), common.Bind(result), cancellationToken));
    }

    public string HelpNotes => """
        Exit codes:
          0    gradient and differences agree wherever there is a derivative
          1    they do not, or kinks left nothing to compare
          2    something you can mend: an argument, a file, a model

        Examples:
          cfgen gradient check classifier.onnx
          cfgen gradient check decoder.onnx --output image --wrt z --points 10 --tolerance 0.001
        """;

    GradientCheckArguments Bind(ParseResult result) => new(result.GetValue(_model)!)
    {
        Output = result.GetValue(_output),
        WithRespectTo = result.GetValue(_withRespectTo) ?? [],
        Points = result.GetValue(_points),
        Directions = result.GetValue(_directions),
        Seed = result.GetValue(_seed),
        Tolerance = result.GetValue(_tolerance),
        ComputeFloat32 = result.GetValue(_computeFloat32),
    };
}
