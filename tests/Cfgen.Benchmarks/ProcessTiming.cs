using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Cfgen.Inference.Gradients;

namespace Cfgen.Benchmarks;

/// <summary>
/// Whole processes of the published program: wall time of each command, and the largest resident memory of any run so far.
/// </summary>
static partial class ProcessTiming
{
    const int Repetitions = 15;
    const int Children = -1; // RUSAGE_CHILDREN

    /// <param name="program">The published executable.</param>
    public static IEnumerable<string> Run(string program)
    {
        string folder = Directory.CreateTempSubdirectory("cfgen-timing").FullName;
        try
        {
            string image = Path.GetFullPath(Path.Combine("samples", "four-1.png"));
            yield return "| command | median | fastest | slowest | peak memory so far |";
            yield return "| --- | --- | --- | --- | --- |";
            yield return Row(program, folder, "--version");
            yield return Row(program, folder, "--help");
            yield return Row(program, folder, "explain", "--threshold", "2");
            yield return Row(program, folder, "explain", image, "--target-class", "9", "--overwrite");
            yield return Row(program, folder, "explain", image, "--target-class", "0", "--overwrite");
            yield return Row(program, folder, "explain", image, "--target-class", "9", "--overwrite", "--no-cache");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static string Row(string program, string folder, params string[] arguments)
    {
        double[] seconds = new double[Repetitions];
        Once(program, folder, arguments); // warms the disk and the cache of graphs
        for (int i = 0; i < Repetitions; i++) seconds[i] = Once(program, folder, arguments);
        string shown = string.Join(' ', arguments.Select(Path.GetFileName));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| `{shown}` | {Median.Of<double>(seconds):0.000} s | {seconds.Min():0.000} s | {seconds.Max():0.000} s | {PeakMegabytes():0} "
                + $"MB |");
    }

    static double Once(string program, string folder, string[] arguments)
    {
        ProcessStartInfo start = new(Path.GetFullPath(program), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CFGEN_CACHE"] = Path.Combine(folder, "cache");
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    static double PeakMegabytes()
    {
        long[] usage = new long[64]; // struct rusage: two timevals of two longs each, then ru_maxrss in kilobytes
        return GetResourceUsage(Children, usage) == 0 ? usage[4] / 1024.0 : double.NaN;
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetResourceUsage(int who, [Out] long[] usage);
}
