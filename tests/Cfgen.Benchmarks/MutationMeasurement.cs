using System.Diagnostics;
using System.Globalization;
using Cfgen.Mutations;
using Google.Protobuf;

namespace Cfgen.Benchmarks;

/// <summary>Mutated models, each given to three commands of the published program in processes of their own: how they end, how long they
/// take and how much memory. Linux only, with GNU time.</summary>
static class MutationMeasurement
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30); // longer counts as a hang

    /// <summary>The table, then a line for each command that ended otherwise than it may.</summary>
    /// <param name="program">The published executable.</param>
    /// <param name="count">How many models.</param>
    /// <param name="seed">Of the first; the others count on.</param>
    public static IEnumerable<string> Run(string program, int count, int seed)
    {
        string place = Directory.CreateTempSubdirectory("cfgen-mutations").FullName;
        List<(string Command, MutationRun Run)> runs = [];
        List<string> wrong = [];
        try
        {
            for (int i = seed; i < seed + count; i++)
            {
                (OnnxFormat.ModelProto model, string description) = MutatedModels.Make(Environment.CurrentDirectory, i);
                string file = Path.Combine(place, "model.onnx");
                File.WriteAllBytes(file, model.ToByteArray());
                foreach (string[] command in Commands(place, file))
                {
                    MutationRun run = Once(program, place, command);
                    string name = command[0] == "gradient" ? "gradient build" : command[0];
                    runs.Add((name, run));
                    if (run.Defect is { } defect) wrong.Add($"seed {i}, {name}, {description}: {defect}");
                }
            }
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
        yield return "| command | runs | exit 0 | exit 1 | exit 2 | else | longest | median | most processor time | most memory "
            + "| control characters |";
        yield return "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |";
        foreach (IGrouping<string, (string, MutationRun Run)> same in runs.GroupBy(r => r.Command))
            yield return Row(same.Key, [.. same.Select(r => r.Run)]);
        foreach (string line in wrong) yield return line;
    }

    static string Row(string command, MutationRun[] runs)
    {
        int[] exits = [.. Enumerable.Range(0, 3).Select(exit => runs.Count(r => r.Exit == exit))];
        (double longest, double median) = (runs.Max(r => r.Seconds), runs.Select(r => r.Seconds).Order().ElementAt(runs.Length / 2));
        (double processor, double memory, int controls) = (
            runs.Max(r => r.Processor), runs.Max(r => r.Memory) / 1e6, runs.Count(r => r.HasControl));
        string counts = $"{runs.Length:N0} | {string.Join(" | ", exits)} | {runs.Length - exits.Sum()}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| `{command}` | {counts} | {longest:0.00} s | {median:0.00} s | {processor:0.00} s | {memory:0} MB | {controls} |");
    }

    static string[][] Commands(string place, string file) =>
    [
        ["inspect", file],
        ["gradient", "build", file, "--out", Path.Combine(place, "gradient.onnx"), "--overwrite"],
        [
            "explain", Path.GetFullPath(Path.Combine("samples", "four-1.png")), "--classifier", file, "--target-class", "3",
                "--max-steps", "2",
            "--out", Path.Combine(place, "result"), "--overwrite", "--no-cache",
        ],
    ];

    static MutationRun Once(string program, string place, string[] command)
    {
        string told = Path.Combine(place, "time");
        ProcessStartInfo start = new("time", ["--quiet", "--format=%M %U %S", $"--output={told}", Path.GetFullPath(program), .. command])
        {
            WorkingDirectory = place,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        long begun = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_patience)) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        // Empty where the program was ended as hanging.
        string[] counted = File.Exists(told) ? File.ReadAllText(told).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            : [];
        File.Delete(told);
        double[] numbers = counted.Length == 3 ? Array.ConvertAll(counted, n => double.Parse(n, CultureInfo.InvariantCulture))
            : [double.NaN, double.NaN, double.NaN];
        bool control = (output.Result + error.Result).Any(c => c != '\n' && char.IsControl(c));
        return new(process.ExitCode, error.Result, seconds, numbers[1] + numbers[2], 1024 * numbers[0], control);
    }
}
