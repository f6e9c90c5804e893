using Cfgen.Cli.Output;
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
        CheckTarget(source, target, arguments.Overwrite); // refused now rather than after the model is differentiated
        ModelProto model = OnnxFile.Load(source, arguments.ComputeFloat32);
        GradientSettings settings = GradientFile.Resolve(model, source, new() { Output = arguments.Output, WithRespectTo = arguments.WithRespectTo, Seed = arguments.Scalar ?? GradientSeed.Cotangent });
        ModelProto gradient = GradientFile.Build(model, source, settings);
        cancellationToken.ThrowIfCancellationRequested();
        OnnxFile.Save(gradient, target);
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

    static void CheckTarget(string source, string target, bool overwrite)
    {
        const string Elsewhere = "write elsewhere with --out";
        Problem? problem = true switch
        {
            _ when Directory.Exists(target) => new("output-exists", "a folder stands where the gradient file shall be") { Where = target, Fix = Elsewhere },
            _ when source == target => new("output-is-model", "the gradient file would replace the model that it is made of") { Where = target, Fix = Elsewhere },
            _ when File.Exists(target) && !overwrite => new("output-exists", "the file is already there") { Where = target, Fix = "replace it with --overwrite, or write elsewhere with --out" },
            _ when !Directory.Exists(Path.GetDirectoryName(target)) => new("output-folder-missing", "the folder for the gradient file does not exist") { Where = Path.GetDirectoryName(target), Fix = "make it, or write elsewhere with --out" },
            _ => null,
        };
        if (problem is not null) throw new InputException(problem);
    }
}
