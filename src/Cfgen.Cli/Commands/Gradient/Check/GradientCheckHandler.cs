using Cfgen.Cli.Output.Console;
using Cfgen.Inference.Gradients;
using Cfgen.OnnxFormat;

namespace Cfgen.Cli.Commands.Gradient.Check;

/// <summary>Does what <c>cfgen gradient check</c> is for.</summary>
/// <param name="io">The process around it.</param>
/// <param name="alter">What a test does to the gradient file before it is checked, so that there is a wrong one.</param>
sealed class GradientCheckHandler(CliIo io, Action<ModelProto>? alter = null)
{
    public Task<ExitCode> RunAsync(GradientCheckArguments arguments, CommonOptions common, CancellationToken cancellationToken)
    {
        ConsoleReport report = new(io, common);
        string path = io.FullPath(arguments.Model);
        ModelProto model = OnnxFile.Load(path, arguments.ComputeFloat32);
        GradientSettings made =
            GradientFile.Resolve(model, path, new() { Output = arguments.Output, WithRespectTo = arguments.WithRespectTo });
        IReadOnlyList<OperatorSupport> operators = OperatorTable.Of(model);
        report.GradientOperators(operators);

        report.Stage("building the gradient");
        ModelProto gradient = GradientFile.Build(model, path, made);
        alter?.Invoke(gradient);
        report.Stage("comparing it with differences");
        GradientCheckSettings settings = SettingsOf(arguments);
        GradientCheckResult result = GradientCheck.Run(gradient, made, path, settings, cancellationToken);
        report.GradientChecked(GradientCheckRecord.Of(path, made, settings, operators, result));
        return Task.FromResult(result.Verdict is GradientVerdict.Agrees ? ExitCode.Done : ExitCode.NotReached);
    }

    static GradientCheckSettings SettingsOf(GradientCheckArguments typed)
    {
        GradientCheckSettings defaults = new();
        return defaults with
        {
            Points = typed.Points ?? defaults.Points,
            Directions = typed.Directions ?? defaults.Directions,
            Seed = typed.Seed ?? defaults.Seed,
            Tolerance = typed.Tolerance ?? defaults.Tolerance,
        };
    }
}
