using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Cfgen.Cli.Surroundings;

/// <summary>
/// Ctrl+C (SIGINT) and SIGTERM: the first asks the command to stop, so that it can remove what is half done. Where it does not in time,
/// or is asked once more, the process ends without waiting.
/// </summary>
sealed class StopSignals : IDisposable
{
    /// <summary>How long a command may take to stop: a step of a large generator on a CPU takes seconds.</summary>
    static readonly TimeSpan s_grace = TimeSpan.FromSeconds(30);

    /// <summary>A signal that follows sooner is the same again: some programs pass on what the terminal has sent to both.</summary>
    static readonly TimeSpan s_again = TimeSpan.FromSeconds(0.5);

    readonly CancellationTokenSource _stop = new();
    readonly TaskCompletionSource<int> _overdue = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Lock _oneAtATime = new();
    readonly PosixSignalRegistration[] _registrations;
    Stopwatch? _since;
    bool _ended;

    public StopSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, ExitCode.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, ExitCode.Terminated)),
    ];

    /// <summary>What the process returns when it was asked to stop and did.</summary>
    public ExitCode Exit { get; private set; } = ExitCode.Interrupted;

    /// <summary>Runs the program until it ends, or has to.</summary>
    /// <param name="program">Given what asks it to stop, returns its exit code.</param>
    public async Task<int> Watch(Func<CancellationToken, Task<int>> program) =>
        await await Task.WhenAny(program(_stop.Token), _overdue.Task);

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
        lock (_oneAtATime) _ended = true; // a signal may be on its way still
        _stop.Dispose();
    }

    void Stop(PosixSignalContext context, ExitCode exit)
    {
        context.Cancel = true; // the process goes on until the command has stopped
        lock (_oneAtATime)
        {
            if (_ended) return;
            if (_since is not null)
            {
                if (_since.Elapsed > s_again) _overdue.TrySetResult((int)Exit);
                return;
            }
            _since = Stopwatch.StartNew();
            Exit = exit;
            _ = _stop.CancelAsync(); // what listens to it must not keep the next signal waiting
        }
        _ = Task.Delay(s_grace).ContinueWith(_ => _overdue.TrySetResult((int)exit), TaskScheduler.Default);
    }
}
