using System.Text.Json.Nodes;

namespace Cfgen.Cli.Tests;

public sealed class FailureTests
{
    const int NoSpaceUnix = 28;

    public static TheoryData<Exception, int, string> Failures => new()
    {
        { new InputException(new("image-unreadable", "the image cannot be read") { Where = "seven.png" }), 2, "image-unreadable" },
        { new UnauthorizedAccessException("Access to the path 'out' is denied."), 2, "no-permission" },
        { new FileNotFoundException("Could not find file 'seven.png'.", "seven.png"), 2, "file-not-found" },
        { new DirectoryNotFoundException("Could not find a part of the path 'a/b'."), 2, "file-not-found" },
        { new IOException("No space left on device", NoSpaceUnix), 2, "disk-full" },
        { new IOException("Input/output error"), 2, "io-error" },
        { new OperationCanceledException(), 130, "interrupted" },
        { new TaskCanceledException(), 130, "interrupted" },
        { new InvalidOperationException("no such state"), 70, "defect" },
        { new ArgumentException("not a value"), 70, "defect" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Each_kind_of_failure_has_its_exit_code_and_its_name(Exception thrown, int exit, string code)
    {
        (int actual, string output, string error) = await CliRun.Of(["explain", "seven.png", "--json"], (_, _) => throw thrown);
        Assert.Equal(exit, actual);
        Assert.Equal("", output);
        JsonNode parsed = JsonNode.Parse(error)!;
        Assert.Equal(code, (string)parsed["code"]!);
        Assert.Equal(exit, (int)parsed["exit"]!);
    }

    [Theory]
    [InlineData(ExitCode.Done, 0)]
    [InlineData(ExitCode.NotReached, 1)]
    public async Task What_the_command_returns_is_what_the_process_returns(object exit, int expected) =>
        Assert.Equal((expected, "", ""), await CliRun.Of(["explain", "seven.png"], (_, _) => Task.FromResult((ExitCode)exit)));

    [Fact]
    public async Task A_problem_is_shown_whole_and_without_a_stack_trace()
    {
        Problem problem = new("image-unreadable", "the image cannot be read")
        {
            Where = "seven.png",
            Found = "ELF",
            Expected = "PNG",
            Fix = "give an image",
        };
        (_, _, string error) = await CliRun.Of(["explain", "seven.png"], (_, _) => throw new InputException(problem));
        Assert.Equal(
            "error: the image cannot be read\n  where:    seven.png\n  found:    ELF\n  expected: PNG\n  fix:      give an image\n", error);
    }

    [Fact]
    public async Task A_problem_in_json_keeps_its_parts_and_its_letters()
    {
        Problem problem = new("image-unreadable", "the image isn't readable") { Where = "größe <7>.png" };
        (_, _, string error) = await CliRun.Of(["explain", "seven.png", "--json"], (_, _) => throw new InputException(problem));
        Assert.Equal(
            """{"code":"image-unreadable","exit":2,"what":"the image isn't readable","where":"größe <7>.png","""
            + "\"found\":null,\"expected\":null,\"fix\":null}"
            + "\n", error);
    }

    [Fact]
    public async Task A_defect_is_owned_up_to_with_all_that_is_known()
    {
        (_, _, string error) = await CliRun.Of(["explain", "seven.png"], (_, _) => throw new InvalidOperationException("no such state"));
        Assert.StartsWith("error: this is a defect in cfgen", error, StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException: no such state", error, StringComparison.Ordinal);
        Assert.Contains($"at {typeof(FailureTests).FullName}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interruption_is_no_error() =>
        Assert.Equal(
            (130, "", "interrupted\n"), await CliRun.Of(["explain", "seven.png"], (_, _) => throw new OperationCanceledException()));

    [Fact]
    public async Task A_request_of_the_system_to_end_has_an_exit_code_of_its_own()
    {
        StringWriter error = new();
        CliIo io = CliRun.Io(error: error) with { ExitWhenStopped = () => ExitCode.Terminated };
        CliHandlers stopped = CliRun.None with { Inspect = (_, _, _) => throw new OperationCanceledException() };
        int exit = await CliApp.RunAsync(["inspect"], io, stopped, TestContext.Current.CancellationToken);
        Assert.Equal((143, "terminated\n"), (exit, error.ToString().ReplaceLineEndings("\n")));
    }

    [Fact]
    public async Task The_caller_can_cancel_what_runs()
    {
        using CancellationTokenSource source = new();
        TaskCompletionSource started = new();
        Task<int> run = CliApp.RunAsync(["inspect"], CliRun.Io(), CliRun.None with { Inspect = Wait }, source.Token);
        await started.Task;
        await source.CancelAsync();
        Assert.Equal(130, await run);

        async Task<ExitCode> Wait(Commands.Inspect.InspectArguments arguments, CommonOptions common, CancellationToken cancellationToken)
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return ExitCode.Done;
        }
    }
}
