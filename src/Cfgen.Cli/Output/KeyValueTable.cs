using Spectre.Console;

namespace Cfgen.Cli.Output;

/// <summary>Shows names with their values, one a line. A row without a name goes on with the one above.</summary>
static class KeyValueTable
{
    /// <summary>Plain and aligned, <c>key: value</c>: for files, pipes and the line-wise tools behind them.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<(string Key, string Value)> rows)
    {
        int width = rows.Max(row => row.Key.Length) + 2;
        foreach ((string key, string value) in rows) writer.WriteLine((key.Length > 0 ? key + ":" : "").PadRight(width) + value);
    }

    /// <summary>With colours and lines, for a terminal.</summary>
    public static void Draw(IAnsiConsole console, IEnumerable<(string Key, string Value)> rows)
    {
        Table table = new() { Border = TableBorder.Rounded, ShowHeaders = false };
        table.AddColumns("", "");
        foreach ((string key, string value) in rows) table.AddRow(new Text(key, new Style(decoration: Decoration.Bold)), new Text(value));
        console.Write(table);
    }
}
