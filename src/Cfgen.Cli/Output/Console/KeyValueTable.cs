using Spectre.Console;

namespace Cfgen.Cli.Output.Console;

/// <summary>Shows names with their values, one a line. A row without a name goes on with the one above.</summary>
static class KeyValueTable
{
    /// <summary>Most characters of a name: all values are moved as far to the right as the longest one asks for.</summary>
    const int LongestKey = 80;

    /// <summary>Plain and aligned, <c>key: value</c>: for files, pipes and the line-wise tools behind them.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<(string Key, string Value)> rows)
    {
        rows = [.. Shown(rows)];
        int width = rows.Max(row => row.Key.Length) + 2;
        foreach ((string key, string value) in rows) writer.WriteLine((key.Length > 0 ? key + ":" : "").PadRight(width) + value);
    }

    /// <summary>Columns that the box takes beside the two texts: three lines, and a blank on either side of each text.</summary>
    const int BoxColumns = 7;

    /// <summary>
    /// With colours and lines, for a terminal; plain where a line would not fit in, since a path that is broken in the middle can be
    /// neither read nor copied.
    /// </summary>
    public static void Draw(IAnsiConsole console, TextWriter writer, IReadOnlyList<(string Key, string Value)> rows)
    {
        (string Key, string Value)[] shown = [.. Shown(rows)];
        if (shown.Max(row => row.Key.GetCellWidth()) + shown.Max(row => row.Value.GetCellWidth()) + BoxColumns > console.Profile.Width)
        {
            Write(writer, rows);
            return;
        }
        Table table = new() { Border = TableBorder.Rounded, ShowHeaders = false };
        table.AddColumns("", "");
        Style bold = new(decoration: Decoration.Bold);
        foreach ((string key, string value) in shown) table.AddRow(new Text(key, bold), new Text(value));
        console.Write(table);
    }

    // Keys may be names out of files as well, such as those of operators.
    static IEnumerable<(string Key, string Value)> Shown(IEnumerable<(string Key, string Value)> rows) =>
        rows.Select(row => (ShownText.Of(row.Key, LongestKey), ShownText.Of(row.Value)));
}
