using CsvHelper;

namespace Cfgen.Cli.Output.Files;

/// <summary>
/// Writes CSV as all of cfgen's is: UTF-8, comma, line feed, a header even without rows, invariant culture, numbers that read back as the
/// same bits.
/// </summary>
static class CsvFile
{
    /// <summary>Writes a file.</summary>
    /// <typeparam name="T">A record marked with <see cref="CsvRecordAttribute"/>.</typeparam>
    public static void Write<T>(string path, IEnumerable<T> rows)
    {
        using CsvWriter writer = CsvWriter.ToFile(path, CsvWriterOptions.Default with { NewLine = "\n" });
        writer.WriteHeader<T>();
        foreach (T row in rows) writer.WriteRecord(row);
    }
}
