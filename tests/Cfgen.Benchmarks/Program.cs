using Cfgen.Benchmarks;

string folder = args.Length > 0 ? args[0] : "samples";
#pragma warning disable RS0030
Console.WriteLine(ReachMeasurement.Header);
foreach (double t in new[] { 0.75, 0.95 })
    Console.WriteLine(ReachMeasurement.Run(folder, new() { Threshold = t, LearningRate = 0.1, PriorWeight = 0.1 }));
