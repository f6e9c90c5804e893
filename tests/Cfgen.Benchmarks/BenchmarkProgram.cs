using Cfgen.Counterfactuals;

namespace Cfgen.Benchmarks;

/// <summary>What this program measures: <c>reach FOLDER</c>, <c>spread FOLDER</c>, <c>loading</c>, <c>cost</c>, <c>process PROGRAM</c>, <c>backend FOLDER</c>; started from the repository's root.</summary>
static class BenchmarkProgram
{
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        switch (args)
        {
            case ["reach", string folder]:
                output.WriteLine(ReachMeasurement.Header);
                foreach (double threshold in new[] { 0.75, 0.95 }) output.WriteLine(ReachMeasurement.Run(folder, new SearchOptions { Threshold = threshold }));
                return 0;
            case ["spread", string folder]:
                foreach (string line in DescriptorSpread.Run(folder)) output.WriteLine(line);
                return 0;
            case ["loading"]:
                foreach (string line in SessionLoading.Run()) output.WriteLine(line);
                return 0;
            case ["cost"]:
                foreach (string line in CostMeasurement.Run()) output.WriteLine(line);
                return 0;
            case ["process", string program]:
                foreach (string line in ProcessTiming.Run(program)) output.WriteLine(line);
                return 0;
            case ["backend", string folder]:
                return NodeTestReport.Run(folder, output);
            default:
                error.WriteLine("usage: reach FOLDER | spread FOLDER | loading | cost | process PROGRAM | backend FOLDER");
                return 2;
        }
    }
}
