using Cfgen.Cli.Output.Console;
using Cfgen.Inference.Gradients;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;

namespace Cfgen.Cli.Commands.Gradient.Time;

/// <summary>Does what <c>cfgen gradient time</c> is for.</summary>
/// <param name="io">The process around it.</param>
/// <param name="time">The clock.</param>
sealed class GradientTimeHandler(CliIo io, TimeProvider time)
{
    public Task<ExitCode> RunAsync(GradientTimeArguments arguments, CommonOptions common, CancellationToken cancellationToken)
    {
        ConsoleReport report = new(io, common);
        string path = io.FullPath(arguments.Model);
        ModelProto model = OnnxFile.Load(path, arguments.ComputeFloat32);
        GradientSettings made =
            GradientFile.Resolve(model, path, new() { Output = arguments.Output, WithRespectTo = arguments.WithRespectTo });
        GradientTimingSettings settings = SettingsOf(arguments);
        report.Stage("timing the model and its gradient");
        GradientTimingResult result = GradientTiming.Run(model, path, made, settings, time, cancellationToken);
        report.GradientTimed(GradientTimeRecord.Of(path, made, settings, result));
        return Task.FromResult(ExitCode.Done);
    }

    static GradientTimingSettings SettingsOf(GradientTimeArguments typed)
    {
        GradientTimingSettings defaults = new();
        return defaults with
        {
            Batch = typed.Batch ?? defaults.Batch,
            Repeat = typed.Repeat ?? defaults.Repeat,
            Session = new SessionSettings { Threads = typed.Threads ?? defaults.Session.Threads },
        };
    }
}
