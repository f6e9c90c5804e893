using Cfgen.Benchmarks;

string folder = args.Length > 0 ? args[0] : "samples";
#pragma warning disable RS0030
Console.WriteLine(ReachMeasurement.Header);
foreach (double t in new[] { 0.75, 0.95 })
    foreach (double lr in new[] { 0.1, 0.15, 0.2 })
        foreach (double prior in new[] { 0.02, 0.05, 0.1, 0.2 })
            Console.WriteLine(ReachMeasurement.Run(folder, new() { Threshold = t, LearningRate = lr, PriorWeight = prior }));
