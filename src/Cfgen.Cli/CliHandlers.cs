using Cfgen.Cli.Commands.Bundles.Create;
using Cfgen.Cli.Commands.Explain;
using Cfgen.Cli.Commands.Generate;
using Cfgen.Cli.Commands.Gradient.Build;
using Cfgen.Cli.Commands.Gradient.Check;
using Cfgen.Cli.Commands.Gradient.Time;
using Cfgen.Cli.Commands.Import;
using Cfgen.Cli.Commands.Inspect;
using Cfgen.Cli.Commands.Project;

namespace Cfgen.Cli;

/// <summary>What each command does once its arguments are known; tests pass their own.</summary>
sealed record CliHandlers(
    Func<ExplainArguments, CommonOptions, CancellationToken, Task<ExitCode>> Explain,
    Func<ProjectArguments, CommonOptions, CancellationToken, Task<ExitCode>> Project,
    Func<InspectArguments, CommonOptions, CancellationToken, Task<ExitCode>> Inspect,
    Func<GradientBuildArguments, CommonOptions, CancellationToken, Task<ExitCode>> GradientBuild,
    Func<GradientCheckArguments, CommonOptions, CancellationToken, Task<ExitCode>> GradientCheck,
    Func<GradientTimeArguments, CommonOptions, CancellationToken, Task<ExitCode>> GradientTime,
    Func<BundleCreateArguments, CommonOptions, CancellationToken, Task<ExitCode>> BundleCreate,
    Func<ImportArguments, CommonOptions, CancellationToken, Task<ExitCode>> Import,
    Func<GenerateArguments, CommonOptions, CancellationToken, Task<ExitCode>> Generate)
{
    /// <summary>The real ones. Each is made when its command runs, so that <c>--help</c> loads no ONNX or image library.</summary>
    public static CliHandlers For(CliIo io) => new(
        (arguments, common, cancellationToken) => new ExplainHandler(io).RunAsync(arguments, common, cancellationToken),
        (arguments, common, cancellationToken) => new ProjectHandler(io).RunAsync(arguments, common, cancellationToken),
        (arguments, common, cancellationToken) => new InspectHandler(io).RunAsync(arguments, common, cancellationToken),
        (arguments, common, cancellationToken) => new GradientBuildHandler(io).RunAsync(arguments, common, cancellationToken),
        (arguments, common, cancellationToken) => new GradientCheckHandler(io).RunAsync(arguments, common, cancellationToken),
        (arguments, common, cancellationToken) =>
            new GradientTimeHandler(io, TimeProvider.System).RunAsync(arguments, common, cancellationToken),
        (arguments, common, cancellationToken) => new BundleCreateHandler(io).RunAsync(arguments, common, cancellationToken),
        (arguments, common, cancellationToken) => new ImportHandler(io).RunAsync(arguments, common, cancellationToken),
        (arguments, common, cancellationToken) => new GenerateHandler(io).RunAsync(arguments, common, cancellationToken));
}
