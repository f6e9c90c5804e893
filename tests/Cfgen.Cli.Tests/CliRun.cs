using Cfgen.Cli.Commands.Bundles.Create;
using Cfgen.Cli.Commands.Explain;
using Cfgen.Cli.Commands.Generate;
using Cfgen.Cli.Commands.Gradient.Build;
using Cfgen.Cli.Commands.Gradient.Check;
using Cfgen.Cli.Commands.Gradient.Time;
using Cfgen.Cli.Commands.Import;
using Cfgen.Cli.Commands.Inspect;
using Cfgen.Cli.Commands.Project;

namespace Cfgen.Cli.Tests;

/// <summary>Runs the program in this process, with handlers that a test chooses.</summary>
static class CliRun
{
    /// <summary>Streams in memory, a working directory that does not matter, no environment.</summary>
    public static CliIo Io(
        TextWriter? output = null, TextWriter? error = null, bool terminal = false, Func<string, string?>? variable = null) =>
        new(output ?? TextWriter.Null, error ?? TextWriter.Null, terminal, terminal, variable ?? (_ => null), Path.GetTempPath());

    /// <summary>Commands none of which may be asked for; a test puts in its own.</summary>
    public static CliHandlers None { get; } = new(
        (_, _, _) => throw new InvalidOperationException("explain was not asked for"),
        (_, _, _) => throw new InvalidOperationException("project was not asked for"),
        (_, _, _) => throw new InvalidOperationException("inspect was not asked for"),
        (_, _, _) => throw new InvalidOperationException("gradient build was not asked for"),
        (_, _, _) => throw new InvalidOperationException("gradient check was not asked for"),
        (_, _, _) => throw new InvalidOperationException("gradient time was not asked for"),
        (_, _, _) => throw new InvalidOperationException("bundle create was not asked for"),
        (_, _, _) => throw new InvalidOperationException("import was not asked for"),
        (_, _, _) => throw new InvalidOperationException("generate was not asked for"));

    /// <summary>A line whose command, should it get so far, ends as it likes.</summary>
    public static async Task<(int Exit, string Out, string Error)> Of(
        string[] args, Func<CommonOptions, CancellationToken, Task<ExitCode>>? handler = null)
    {
        handler ??= (_, _) => Task.FromResult(ExitCode.Done);
        StringWriter output = new(), error = new();
        int exit = await CliApp.RunAsync(args, Io(output, error), new(
            (_, common, ct) => handler(common, ct), (_, common, ct) => handler(common, ct), (_, common, ct) => handler(common, ct),
            (_, common, ct) => handler(common, ct), (_, common, ct) => handler(common, ct), (_, common, ct) => handler(common, ct),
            (_, common, ct) => handler(common, ct), (_, common, ct) => handler(common, ct),
            (_, common, ct) => handler(common, ct)), TestContext.Current.CancellationToken);
        return (exit, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }

    /// <summary>What <c>explain</c> would be run with; the line must be right.</summary>
    public static async Task<(ExplainArguments Arguments, CommonOptions Common)> Explain(params string[] args)
    {
        (ExplainArguments, CommonOptions)? seen = null;
        StringWriter error = new();
        int exit = await CliApp.RunAsync(
            ["explain", .. args],
            Io(error: error),
            None with { Explain = (arguments, common, _) => Done(seen = (arguments, common)) },
            TestContext.Current.CancellationToken);
        Assert.Equal("", error.ToString());
        Assert.Equal(0, exit);
        return seen!.Value;
    }

    /// <summary>What <c>project</c> would be run with; the line must be right.</summary>
    public static async Task<ProjectArguments> Project(params string[] args)
    {
        ProjectArguments? seen = null;
        StringWriter error = new();
        int exit = await CliApp.RunAsync(
            ["project", .. args], Io(error: error), None with { Project = (arguments, _, _) => Done(seen = arguments) },
            TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (exit, error.ToString()));
        return seen!;
    }

    /// <summary>What <c>inspect</c> would be run with; the line must be right.</summary>
    public static async Task<InspectArguments> Inspect(params string[] args)
    {
        InspectArguments? seen = null;
        int exit = await CliApp.RunAsync(
            ["inspect", .. args],
            Io(),
            None with { Inspect = (arguments, _, _) => Done(seen = arguments) },
            TestContext.Current.CancellationToken);
        Assert.Equal(0, exit);
        return seen!;
    }

    /// <summary>What <c>bundle create</c> would be run with; the line must be right.</summary>
    public static async Task<BundleCreateArguments> BundleCreate(params string[] args)
    {
        BundleCreateArguments? seen = null;
        StringWriter error = new();
        int exit = await CliApp.RunAsync(
            ["bundle", "create", .. args], Io(error: error), None with { BundleCreate = (arguments, _, _) => Done(seen = arguments) },
            TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (exit, error.ToString()));
        return seen!;
    }

    /// <summary>What <c>import</c> would be run with; the line must be right.</summary>
    public static async Task<ImportArguments> Import(params string[] args)
    {
        ImportArguments? seen = null;
        StringWriter error = new();
        int exit = await CliApp.RunAsync(
            ["import", .. args], Io(error: error), None with { Import = (arguments, _, _) => Done(seen = arguments) },
            TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (exit, error.ToString()));
        return seen!;
    }

    /// <summary>What <c>generate</c> would be run with; the line must be right.</summary>
    public static async Task<GenerateArguments> Generate(params string[] args)
    {
        GenerateArguments? seen = null;
        StringWriter error = new();
        int exit = await CliApp.RunAsync(
            ["generate", .. args], Io(error: error), None with { Generate = (arguments, _, _) => Done(seen = arguments) },
            TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (exit, error.ToString()));
        return seen!;
    }

    /// <summary>What <c>gradient build</c> would be run with; the line must be right.</summary>
    public static async Task<GradientBuildArguments> GradientBuild(params string[] args)
    {
        GradientBuildArguments? seen = null;
        StringWriter error = new();
        int exit = await CliApp.RunAsync(
            ["gradient", "build", .. args], Io(error: error), None with { GradientBuild = (arguments, _, _) => Done(seen = arguments) },
            TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (exit, error.ToString()));
        return seen!;
    }

    /// <summary>What <c>gradient check</c> would be run with; the line must be right.</summary>
    public static async Task<GradientCheckArguments> GradientCheck(params string[] args)
    {
        GradientCheckArguments? seen = null;
        StringWriter error = new();
        int exit = await CliApp.RunAsync(
            ["gradient", "check", .. args], Io(error: error), None with { GradientCheck = (arguments, _, _) => Done(seen = arguments) },
            TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (exit, error.ToString()));
        return seen!;
    }

    /// <summary>What <c>gradient time</c> would be run with; the line must be right.</summary>
    public static async Task<GradientTimeArguments> GradientTime(params string[] args)
    {
        GradientTimeArguments? seen = null;
        StringWriter error = new();
        int exit = await CliApp.RunAsync(
            ["gradient", "time", .. args], Io(error: error), None with { GradientTime = (arguments, _, _) => Done(seen = arguments) },
            TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (exit, error.ToString()));
        return seen!;
    }

    static Task<ExitCode> Done(object? _) => Task.FromResult(ExitCode.Done);
}
