using Cfgen.Cli.Output.Files;
using Cfgen.Cli.Results;
using CsCheck;
using CsvHelper;

namespace Cfgen.Cli.Tests;

public sealed class CsvFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Trajectory_is_as_published()
    {
        CsvFile.Write(_folder["t.csv"], new TrajectoryRow[]
        {
            new(0, -9.5, 7.48518298877006e-05, 0, null, 0.1, 1e-7, null, "ascent"),
            new(1, -1e-300, 1.0 / 3, 0.1 + 0.2, 2, double.NaN, 0.25, 0, "pull"),
        });
        Golden.Matches("trajectory.csv", File.ReadAllText(_folder["t.csv"]));
    }

    [Fact]
    public void Importances_are_as_published()
    {
        ImportanceRecord[] rows = [new("stroke_thickness", "px", 2.5, 3, 0.5, 1.25), new("holes, \"closed\"", "1", 0, 1, 1, null)];
        CsvFile.Write(_folder["i.csv"], rows);
        Golden.Matches("importances.csv", File.ReadAllText(_folder["i.csv"]));
    }

    [Fact]
    public void Without_rows_there_is_still_a_header()
    {
        CsvFile.Write<ImportanceRecord>(_folder["i.csv"], []);
        Assert.Equal("descriptor,unit,before,after,importance,standardised\n", File.ReadAllText(_folder["i.csv"]));
    }

    [Fact]
    public void Lines_end_with_a_line_feed_and_there_is_no_byte_order_mark()
    {
        CsvFile.Write(_folder["t.csv"], new TrajectoryRow[] { new(0, 0, 0, 0, 0, 0, 0, 0, "ascent") });
        byte[] bytes = File.ReadAllBytes(_folder["t.csv"]);
        Assert.Equal((byte)'s', bytes[0]);
        Assert.DoesNotContain((byte)'\r', bytes);
    }

    [Fact]
    public void Every_finite_number_reads_back_with_every_bit() =>
        Gen.Select(Gen.Double, Gen.Double).Where((a, b) => double.IsFinite(a) && double.IsFinite(b)).Array[1, 20].Sample(
            pairs =>
            {
                TrajectoryRow[] rows = [.. pairs.Select((pair, i) => new TrajectoryRow(
                    i, pair.Item1, pair.Item2, pair.Item1, pair.Item2, 0, pair.Item2, i == 0 ? null : i - 1, "ascent"))];
                CsvFile.Write(_folder["t.csv"], rows);
                using CsvReader reader = CsvReader.FromFile(_folder["t.csv"]);
                return reader.GetRecords<TrajectoryRow>().SequenceEqual(rows);
            },
            iter: 100,
            threads: 1);
}
