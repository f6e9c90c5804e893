using System.Globalization;
using System.Text;
using System.Text.Json;
using Cfgen.Cli.Output.Files;
using Cfgen.Cli.Output.Json;
using Cfgen.Explanations;
using Cfgen.Inference.Codes;
using CsvHelper;

namespace Cfgen.Cli.Results;

/// <summary>What a folder of <c>cfgen explain</c> says: written by <see cref="WriteTables"/>, and read back with the same bits.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Record"><c>run.json</c>.</param>
/// <param name="Trajectory"><c>trajectory.csv</c>.</param>
/// <param name="Importances"><c>importances.csv</c>.</param>
/// <param name="StartWs">The reconstruction's code of <c>codes.npy</c>, [num_ws, w_dim].</param>
/// <param name="CounterfactualWs">The counterfactual's.</param>
/// <param name="NumWs">Codes that the generator takes, one a layer.</param>
sealed record ResultFolder(
    string Path, ExplanationRecord Record, IReadOnlyList<TrajectoryRow> Trajectory, IReadOnlyList<ImportanceRecord> Importances,
    float[] StartWs, float[] CounterfactualWs, int NumWs)
{
    const string TrajectoryFile = "trajectory.csv", ImportancesFile = "importances.csv", CodesFile = "codes.npy";

    /// <summary>Longest record or table that is read, in bytes: one of a million steps.</summary>
    const long MaxBytes = 1 << 28;

    /// <summary>Writes the tables and the codes.</summary>
    public static void WriteTables(OutputFolder folder, Explanation e)
    {
        CsvFile.Write(folder.PathOf(TrajectoryFile), e.Path.Rows.Select(TrajectoryRow.Of));
        CsvFile.Write(folder.PathOf(ImportancesFile), e.Changes.Select(ImportanceRecord.Of));
        long[] shape = [2, e.NumWs, e.Start.Ws.Length / e.NumWs];
        NpyFile.Write(folder.PathOf(CodesFile), shape, [.. e.Start.Ws.Span, .. e.Best.Ws.Span]);
    }

    /// <summary>Reads a folder.</summary>
    /// <exception cref="InputException">It is none of <c>cfgen explain</c>, or something in it is missing or damaged.</exception>
    public static ResultFolder Read(string folder)
    {
        string record = System.IO.Path.Combine(folder, OutputFolder.ResultFile);
        if (!File.Exists(record)) throw NoResult(folder);
        ExplanationRecord run = ReadRecord(record);
        string? missing = run.Files.FirstOrDefault(file => !File.Exists(System.IO.Path.Combine(folder, file)));
        if (missing is not null) throw Missing(folder, missing);
        List<TrajectoryRow> steps = ReadTable<TrajectoryRow>(System.IO.Path.Combine(folder, TrajectoryFile));
        if (steps.Count != run.Steps + 1) throw Damaged(record, Text($"{steps.Count} rows in {TrajectoryFile}"), Text($"{run.Steps + 1}"));
        string codes = System.IO.Path.Combine(folder, CodesFile);
        (long[] shape, double[] values) = NpyFile.Read(codes);
        if (shape is not [2, > 0, > 0]) throw Damaged(codes, $"an array [{string.Join(", ", shape)}]", "[2, num_ws, w_dim]");
        float[] ws = Array.ConvertAll(values, value => (float)value);
        return new(
            folder, run, steps, ReadTable<ImportanceRecord>(System.IO.Path.Combine(folder, ImportancesFile)),
            ws[..(ws.Length / 2)], ws[(ws.Length / 2)..], (int)shape[1]);
    }

    static ExplanationRecord ReadRecord(string path)
    {
        byte[] json = InputFile.ReadAll(path, new FileKind("result", "the record of a result", MaxBytes));
        try
        {
            ExplanationRecord? record = JsonSerializer.Deserialize(json, CfgenJson.Indented.ExplanationRecord);
            return record?.Schema == ExplanationRecord.SchemaId ? record
                : throw Damaged(path, $"$schema '{record?.Schema}'", ExplanationRecord.SchemaId);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Damaged(path, e.Message, "what cfgen explain writes");
        }
    }

    static List<T> ReadTable<T>(string path)
    {
        byte[] csv = InputFile.ReadAll(path, new FileKind("result-table", "a table of a result", MaxBytes));
        try
        {
            using CsvReader reader = CsvReader.FromText(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(csv));
            return [.. reader.GetRecords<T>()];
        }
        catch (Exception e) when (
            e is CsvFormatException or CsvValidationException or FormatException or ArgumentException or KeyNotFoundException)
        {
            throw Damaged(path, e.Message, "a table as cfgen explain writes it");
        }
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    static InputException NoResult(string folder) => new(new("result-missing", "this is no result of cfgen explain")
    {
        Where = folder,
        Found = Directory.Exists(folder) ? $"a folder without {OutputFolder.ResultFile}" : "no such folder",
        Expected = "a folder that cfgen explain wrote",
        Fix = "check the path",
    });

    static InputException Missing(string folder, string file) => new(new("result-incomplete", "a file of the result is missing")
    {
        Where = folder,
        Found = $"no {file}, which {OutputFolder.ResultFile} lists",
        Expected = "the folder as cfgen explain wrote it",
        Fix = "restore the file, or explain the image again",
    });

    static InputException Damaged(string path, string found, string expected) => new(new("result-damaged", "a result cannot be read")
    {
        Where = path,
        Found = found,
        Expected = expected,
        Fix = "restore the file, or explain the image again",
    });
}
