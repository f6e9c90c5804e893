using System.Globalization;
using Cfgen.Benchmarks.StyleGan;
using Cfgen.Counterfactuals;
using Cfgen.StyleGan.Tests.StyleGan3;

namespace Cfgen.Benchmarks;

/// <summary>
/// What this program measures: <c>reach FOLDER</c>, <c>spread FOLDER</c>, <c>inversion FOLDER</c>, <c>loading</c>, <c>cost</c>,
/// <c>forms</c>, <c>compare MODEL MODEL</c>, <c>process PROGRAM</c>, <c>backend FOLDER</c>, <c>generator [PICKLE]</c>,
/// <c>hostile PROGRAM</c>, <c>mutations PROGRAM COUNT SEED</c>, <c>memory [FOLDER]</c> (with <c>run-once FILE</c> in processes of
/// its own), and <c>draw RESOLUTION CHANNELS FILE</c>, which writes a drawn StyleGAN3 network to import; started from the repository's
/// root.
/// </summary>
static class BenchmarkProgram
{
    const long MemoryLimit = 16_000_000_000; // bytes; what a measured process may take

    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        switch (args)
        {
            case ["reach", string folder]:
                output.WriteLine(ReachMeasurement.Header);
                foreach (double threshold in new[] { 0.75, 0.95 })
                    output.WriteLine(ReachMeasurement.Run(folder, new SearchOptions { Threshold = threshold }));
                return 0;
            case ["belief", string folder, string classifier, string oracle, .. string[] rows]:
                output.WriteLine(BeliefMeasurement.Header);
                foreach (string row in rows)
                {
                    output.WriteLine(BeliefRows.Run(new(folder, classifier, oracle), row));
                    output.Flush(); // it takes minutes
                }
                return 0;
            case ["spread", string folder]:
                foreach (string line in DescriptorSpread.Run(folder)) output.WriteLine(line);
                return 0;
            case ["inversion", string folder]:
                foreach (string line in InversionMeasurement.Run(folder)) output.WriteLine(line);
                return 0;
            case ["loading"]:
                foreach (string line in SessionLoading.Run()) output.WriteLine(line);
                return 0;
            case ["cost"]:
                foreach (string line in CostMeasurement.Run()) output.WriteLine(line);
                return 0;
            case ["forms"]:
                foreach (string line in FormsMeasurement.Run())
                {
                    output.WriteLine(line);
                    output.Flush(); // it takes minutes
                }
                return 0;
            case ["compare", string first, string second]:
                output.WriteLine(FormsMeasurement.Compare(first, second));
                return 0;
            case ["process", string program]:
                foreach (string line in ProcessTiming.Run(program)) output.WriteLine(line);
                return 0;
            case ["backend", string folder]:
                return NodeTestReport.Run(folder, output);
            case ["generator", .. { Length: <= 1 } pickle]:
                foreach (string line in GeneratorMeasurement.Run(pickle.FirstOrDefault())) output.WriteLine(line);
                return 0;
            case ["hostile", string program]:
                foreach (string line in HostileMeasurement.Run(program)) output.WriteLine(line);
                return 0;
            case ["mutations", string program, string count, string seed]:
                foreach (
                    string line in MutationMeasurement.Run(
                        program, int.Parse(count, CultureInfo.InvariantCulture),
                        int.Parse(seed, CultureInfo.InvariantCulture))) output.WriteLine(line);
                return 0;
            case ["memory", string folder]:
                foreach (string line in MemoryMeasurement.Run(folder, MemoryLimit)) output.WriteLine(line);
                return 0;
            case ["memory"]:
                foreach (string line in MemoryMeasurement.RunFixtures(MemoryLimit)) output.WriteLine(line);
                return 0;
            case ["run-once", string file]:
                MemoryMeasurement.RunOnce(file);
                return 0;
            case ["draw", string resolution, string channels, string file]:
                StyleGan3Plan plan = new()
                {
                    Resolution = int.Parse(resolution, CultureInfo.InvariantCulture),
                    ChannelMax = int.Parse(channels, CultureInfo.InvariantCulture),
                    WDim = 512,
                };
                File.WriteAllBytes(file, plan.ToFile());
                return 0;
            default:
                error.WriteLine("usage: reach FOLDER | spread FOLDER | inversion FOLDER | loading | cost | forms | compare MODEL MODEL "
                    + "| process PROGRAM | backend FOLDER | generator [PICKLE] | hostile PROGRAM | mutations PROGRAM COUNT SEED | memory "
                    + "[FOLDER] "
                    + "| draw RESOLUTION CHANNELS FILE");
                return 2;
        }
    }
}
