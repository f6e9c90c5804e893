using System.Diagnostics;
using System.Globalization;

namespace Cfgen.Benchmarks;

/// <summary>
/// Hostile models, each given to three commands of the published program: what it says, how long it takes and how much memory, and whether
/// it opened the runtime or a file that it must not. Linux only, with GNU time and strace.
/// </summary>
static class HostileMeasurement
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30); // longer counts as a hang

    /// <summary>The table.</summary>
    /// <param name="program">The published executable.</param>
    public static IEnumerable<string> Run(string program)
    {
        string image = Path.GetFullPath(Path.Combine("samples", "four-1.png"));
        yield return "| model | bytes | said | `gradient build` | `inspect` | `explain --classifier` | left behind |";
        yield return "| --- | --- | --- | --- | --- | --- | --- |";
        foreach (HostileModel model in HostileModels.All)
        {
            string place = Directory.CreateTempSubdirectory("cfgen-hostile").FullName;
            try
            {
                File.WriteAllBytes(Path.Combine(place, HostileFiles.Outside), new byte[768]);
                string file = model.Write(Directory.CreateDirectory(Path.Combine(place, "model")).FullName);
                string target = Path.Combine(place, "out.onnx");
                string[][] commands = [
                    ["gradient", "build", file, "--out", target], ["inspect", file],
                    ["explain", image, "--target-class", "9", "--classifier", file, "--out", Path.Combine(place, "result"), "--no-cache"]
                ];
                HostileRun[] runs = [.. commands.Select(command => Once(program, place, command))];
                string[] left = [.. Directory.EnumerateFileSystemEntries(place).Select(Path.GetFileName)
                    .Where(name => name is not ("model" or HostileFiles.Outside)).OfType<string>()];
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {model.Name} | {new FileInfo(file).Length:N0} | {runs[0].Said} | "
                        + $"{string.Join(" | ", runs.Select(run => run.ToString()))} | "
                        + $"{(left.Length == 0 ? "nothing" : string.Join(", ", left))} |");
            }
            finally
            {
                Directory.Delete(place, recursive: true);
            }
        }
    }

    /// <summary>One run under GNU time, which tells the largest resident memory from what the system counted.</summary>
    static HostileRun Once(string program, string place, string[] command)
    {
        string told = Path.Combine(place, "time");
        long start = Stopwatch.GetTimestamp();
        (int exit, string error) =
            Start("time", place, ["--quiet", "--format=%M %U %S", $"--output={told}", Path.GetFullPath(program), .. command]);
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        // Empty or not there where the program was ended as hanging.
        double[] counted = new FileInfo(told) is { Exists: true, Length: > 0 }
            ? [.. File.ReadAllText(told).Split(' ', 3).Select(number => double.Parse(number, CultureInfo.InvariantCulture))]
            : [double.NaN, double.NaN, double.NaN];
        File.Delete(told);
        return new(exit, error.Split('\n')[0], time, counted[1] + counted[2], 1024 * counted[0], [.. Opened(program, place, command)]);
    }

    /// <summary>What a further run opened of the runtime, or outside the model's folder.</summary>
    static IEnumerable<string> Opened(string program, string place, string[] command)
    {
        string told = Path.Combine(place, "opened");
        Start("strace", place,
            ["-f", "--seccomp-bpf", "-e", "trace=openat", "-s", "1000", "-o", told, Path.GetFullPath(program), .. command]);
        string text = File.Exists(told) ? File.ReadAllText(told) : "";
        File.Delete(told);
        if (!text.Contains("cfgen.dll", StringComparison.Ordinal)) return ["not known"];
        return new[] { "libonnxruntime", HostileFiles.Outside }.Where(name => text.Contains(name, StringComparison.Ordinal));
    }

    static (int Exit, string Error) Start(string program, string place, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = place,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_patience)) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return (process.ExitCode, error.Result);
    }
}
