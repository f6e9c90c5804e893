namespace Cfgen.Descriptors;

/// <summary>Counts the connected parts of a binary image.</summary>
/// <remarks>
/// Rows are cut into runs; a run joins those it touches in the row above. Parts are runs less the joins that brought two parts together.
/// </remarks>
static class ConnectedComponents
{
    /// <summary>Parts of the foreground; pixels that touch at a corner belong together.</summary>
    public static int Parts(BinaryImage image) => Count(image, value: 1, reach: 1);

    /// <summary>Parts of the background that the foreground encloses; pixels that touch only at a corner are apart.</summary>
    public static int Holes(BinaryImage image) => Count(image, value: 0, reach: 0) - 1; // less the outside, which the frame makes one

    static int Count(BinaryImage image, byte value, int reach)
    {
        List<int> parents = [];
        List<Run> above = [];
        List<Run> runs = [];
        int parts = 0;
        for (int y = 0; y < image.Height + 2; y++)
        {
            ReadOnlySpan<byte> row = image.Cells.AsSpan(y * image.Stride, image.Stride);
            runs.Clear();
            int first = 0; // the first run above that may still touch
            for (int x = NextOf(row, value, 0); x < row.Length;)
            {
                int end = x;
                while (end < row.Length && row[end] == value) end++;
                Run run = new(x, end, parents.Count);
                parents.Add(run.Label);
                parts++;
                while (first < above.Count && above[first].End + reach <= run.Start) first++;
                for (int i = first; i < above.Count && above[i].Start < run.End + reach; i++)
                {
                    if (Join(parents, run.Label, above[i].Label)) parts--;
                }
                runs.Add(run);
                x = NextOf(row, value, end);
            }
            (above, runs) = (runs, above);
        }
        return parts;
    }

    static int NextOf(ReadOnlySpan<byte> row, byte value, int from)
    {
        int offset = row[from..].IndexOf(value);
        return offset < 0 ? row.Length : from + offset;
    }

    // True where the two were apart before.
    static bool Join(List<int> parents, int a, int b)
    {
        (a, b) = (Root(parents, a), Root(parents, b));
        if (a == b) return false;
        parents[Math.Max(a, b)] = Math.Min(a, b);
        return true;
    }

    static int Root(List<int> parents, int label)
    {
        while (parents[label] != label)
        {
            parents[label] = parents[parents[label]];
            label = parents[label];
        }
        return label;
    }

    // [Start, End) of a row.
    readonly record struct Run(int Start, int End, int Label);
}
