using Cfgen.Benchmarks;

return BenchmarkProgram.Run(args, Console.Out, Console.Error);
