using System.Security.Cryptography;
using CliWrap;
using CliWrap.Buffered;
using CliWrap.EventStream;

namespace Cfgen.EndToEnd.Tests;

/// <summary>A fresh folder to run the program in, with the image <c>four-1.png</c> in it.</summary>
sealed class Workplace : IDisposable
{
    /// <summary>A net under everything: a program that hangs is killed and fails its test instead of holding up all others.</summary>
    static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("cfgen-e2e-");
    readonly Dictionary<string, string?> _variables;

    /// <param name="cache">The cache of another place, to build no graph twice; not given, the place has an empty one of its own.</param>
    public Workplace(string? cache = null)
    {
        Here = _root.CreateSubdirectory("here").FullName;
        Cache = cache ?? Path.Combine(_root.FullName, "cache");
        _variables = new() { ["CFGEN_CACHE"] = Cache, ["CFGEN_BUNDLE"] = null, ["NO_COLOR"] = null };
        File.Copy(Built.Sample("four-1.png"), this["four-1.png"]);
    }

    /// <summary>The folder that the program is run in.</summary>
    public string Here { get; }

    /// <summary>Where the program keeps its graphs.</summary>
    public string Cache { get; }

    /// <summary>The path of something in the folder.</summary>
    public string this[string name] => Path.Combine(Here, name);

    /// <summary>Names of all that is directly in it, hidden or not, sorted.</summary>
    public string[] Names =>
        [.. Directory.EnumerateFileSystemEntries(Here).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];

    /// <summary>Sets an environment variable for the runs that follow.</summary>
    public void Set(string variable, string value) => _variables[variable] = value;

    /// <summary>Takes an environment variable away from the runs that follow.</summary>
    public void Unset(string variable) => _variables[variable] = null;

    /// <summary>Runs the program to its end.</summary>
    public Task<ProgramRun> Run(params string[] arguments) => RunOther(Built.Program, arguments);

    /// <summary>Runs another program, which runs this one in some surroundings.</summary>
    public async Task<ProgramRun> RunOther(string program, params string[] arguments)
    {
        using CancellationTokenSource net = Net();
        BufferedCommandResult result = await Command(program, arguments).ExecuteBufferedAsync(net.Token);
        return new(result.ExitCode, result.StandardOutput, result.StandardError);
    }

    /// <summary>Runs the program and sends it a signal once it tells of its search.</summary>
    public async Task<ProgramRun> Interrupt(Signal signal, params string[] arguments)
    {
        using CancellationTokenSource net = Net();
        (int process, int exit) = (0, -1);
        List<string> output = [], error = [];
        await foreach (CommandEvent e in Command(Built.Program, arguments).ListenAsync(net.Token))
        {
            switch (e)
            {
                case StartedCommandEvent started: process = started.ProcessId; break;
                case StandardOutputCommandEvent line: output.Add(line.Text); break;
                case StandardErrorCommandEvent line:
                    error.Add(line.Text);
                    if (line.Text.StartsWith("step 1:", StringComparison.Ordinal)) Signals.Send(process, signal);
                    break;
                case ExitedCommandEvent exited: exit = exited.ExitCode; break;
            }
        }
        return new(exit, string.Join('\n', output), string.Join('\n', error));
    }

    /// <summary>
    /// Runs the program with an input that it has to refuse: exit code 2, one JSON object of that code on stderr, nothing on stdout,
    /// no stack trace, and the folder as it was before.
    /// </summary>
    public async Task<Refusal> Refused(string code, params string[] arguments)
    {
        Dictionary<string, string> before = Contents();
        ProgramRun run = await Run([.. arguments, "--json"]);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Refusal refusal = Refusal.Parse(run.Error);
        Assert.Equal((code, 2, 2, ""), (refusal.Code, refusal.Exit, run.Exit, run.Out));
        Assert.False(string.IsNullOrWhiteSpace(refusal.What));
        Assert.Equal(before, Contents());
        return refusal;
    }

    public void Dispose() => _root.Delete(recursive: true);

    Command Command(string program, string[] arguments) => new Command(program)
        .WithArguments(arguments).WithWorkingDirectory(Here).WithEnvironmentVariables(_variables)
        .WithValidation(CommandResultValidation.None);

    // Every folder below this one, and every file with the hash of what is in it.
    Dictionary<string, string> Contents() => Directory.EnumerateFileSystemEntries(Here, "*", SearchOption.AllDirectories)
        .ToDictionary(
            path => Path.GetRelativePath(Here, path),
            path => Directory.Exists(path) ? "a folder" : Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))));

    static CancellationTokenSource Net()
    {
        CancellationTokenSource net = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        net.CancelAfter(s_patience);
        return net;
    }
}
