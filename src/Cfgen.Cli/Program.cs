#pragma warning disable RS0030 // the one place that touches the console
return await Cfgen.Cli.CliApp.RunAsync(args, new(Console.Out, Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected, Environment.GetEnvironmentVariable, Environment.CurrentDirectory));
