using System.Diagnostics;
using Cfgen.Mutations;
using Cfgen.OnnxFormat;
using Google.Protobuf;

namespace Cfgen.Cli.Tests.Mutations;

/// <summary>Whatever was done to a model, a command does what it is for or says what is wrong, in words that are fit to be read.</summary>
public sealed class ModelMutationTests
{
    /// <summary>Longest that one command may take: some hundred times what it usually does, to tell a hang from a slow machine.</summary>
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>The case at hand stands in a file beside the temporary ones until it is over: should the runtime end the process, it
    /// tells which it was.</summary>
    [Fact]
    public async Task Mutated_models_are_worked_with_or_refused()
    {
        TestContext.Current.SendDiagnosticMessage("{0} mutations from seed {1}", Testing.Mutations.Count, Testing.Mutations.Seed);
        using Testing.TemporaryFolder folder = new();
        string present = Path.Combine(Path.GetTempPath(), "cfgen-mutation-at-hand.txt");
        List<string> failures = [];
        int refused = 0;
        for (int seed = Testing.Mutations.Seed; seed < Testing.Mutations.Seed + Testing.Mutations.Count; seed++)
        {
            (ModelProto model, string description) = MutatedModels.Make(Testing.Repository.Root, seed);
            string file = Path.Combine(folder.Path, "model.onnx");
            File.WriteAllBytes(file, model.ToByteArray());
            // Each goes through one command; the classifiers' own through the one that searches with them.
            string[] command = Commands(folder.Path, file)[seed % 3];
            string name = $"seed {seed}, {command[0]}, {description}";
            File.WriteAllText(present, name);
            (int exit, string? defect) = await Run(command, folder.Path);
            if (exit == 2) refused++;
            if (defect is not null) failures.Add($"{name}: {defect}");
        }
        File.Delete(present);
        string told = $"{failures.Count} of {Testing.Mutations.Count} from seed {Testing.Mutations.Seed}:\n{string.Join(
            "\n", failures.Take(50))}";
        Assert.True(failures.Count == 0, told);
        Assert.InRange(refused, Testing.Mutations.Count / 10, Testing.Mutations.Count * 9 / 10); // neither of the two was missed
    }

    static string[][] Commands(string folder, string file) =>
    [
        ["inspect", file],
        ["gradient", "build", file, "--out", Path.Combine(folder, "gradient.onnx"), "--overwrite"],
        [
            "explain", Path.Combine(Testing.Repository.Root, "samples", "four-1.png"), "--classifier", file, "--target-class", "3",
                "--max-steps", "2",
            "--out", Path.Combine(folder, "result"), "--overwrite", "--no-cache",
        ],
    ];

    /// <summary>How a command ended, and what is wrong with that; null where nothing is.</summary>
    static async Task<(int Exit, string? Defect)> Run(string[] command, string folder)
    {
        StringWriter output = new(), error = new();
        CliIo io = new(
            output, error, false, false, name =>
                name == "CFGEN_BUNDLE" ? Path.Combine(Testing.Repository.Root, "models", "digits") : null, folder);
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(s_patience);
        long start = Stopwatch.GetTimestamp();
        int exit = await CliApp.RunAsync(command, io, patience.Token);
        if (exit is not (0 or 1 or 2)) return (exit, $"exit {exit} after {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s: {error}");
        string text = output.ToString() + error;
        if (text.Any(c => c != '\n' && char.IsControl(c) || c is >= '\u202a' and <= '\u202e'))
            return (exit, $"a control character in: {text}");
        return (exit, exit == 2 && error.ToString().Length == 0 ? "no message" : null);
    }
}
