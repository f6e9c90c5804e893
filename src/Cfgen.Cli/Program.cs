using Cfgen.Cli;
using Cfgen.Cli.Surroundings;

#pragma warning disable RS0030 // with StandardStreams the one place that touches the console
StandardStreams.Guard();
using StopSignals signals = new();
CliIo io = new(
    Console.Out,
    Console.Error,
    !Console.IsOutputRedirected,
    !Console.IsErrorRedirected,
    Environment.GetEnvironmentVariable,
    Environment.CurrentDirectory)
{
    ExitWhenStopped = () => signals.Exit,
};
return await signals.Watch(stop => CliApp.RunAsync(args, io, stop));
