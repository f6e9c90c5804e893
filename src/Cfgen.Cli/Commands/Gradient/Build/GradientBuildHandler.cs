using Cfgen.Autodiff;
using Cfgen.Cli.Commands.Inspect;
using Cfgen.Cli.Output.Console;
using Cfgen.Cli.Output.Files;
using Cfgen.Inference.Gradients;
using Cfgen.Inference.Graphs;
using Cfgen.OnnxFormat;

namespace Cfgen.Cli.Commands.Gradient.Build;

/// <summary>Does what <c>cfgen gradient build</c> is for.</summary>
sealed class GradientBuildHandler(CliIo io)
{
    public Task<ExitCode> RunAsync(GradientBuildArguments arguments, CommonOptions common, CancellationToken cancellationToken)
    {
        (string source, string target) = (io.FullPath(arguments.Model), io.FullPath(arguments.Out));
        // Refused now rather than after the model is differentiated.
        OutputFiles.Check("--out", target, arguments.Overwrite, () => [source]);
        ModelProto model = OnnxFile.Load(source, arguments.ComputeFloat32);
        GradientSettings settings = GradientFile.Resolve(model, source, new()
        {
            Output = arguments.Output,
            WithRespectTo = arguments.WithRespectTo,
            Seed = arguments.Scalar ?? GradientSeed.Cotangent,
            Target = arguments.Portable ? GradientTarget.Portable : GradientTarget.Cpu,
        });
        ModelProto gradient = GradientFile.Build(model, source, settings);
        cancellationToken.ThrowIfCancellationRequested();
        OnnxFile.Save(gradient, target, durable: true);
        new ConsoleReport(io, common).GradientBuilt(new()
        {
            Model = source,
            File = target,
            Bytes = new FileInfo(target).Length,
            Output = settings.Output!,
            WithRespectTo = settings.WithRespectTo,
            Inputs = [.. ModelPort.Inputs(gradient).Select(PortRecord.Of)],
            Outputs = [.. ModelPort.Outputs(gradient).Select(PortRecord.Of)],
            Opset = gradient.StandardOpset(),
            NodesBefore = model.Graph.Node.Count,
            NodesAfter = gradient.Graph.Node.Count,
        });
        return Task.FromResult(ExitCode.Done);
    }
}
