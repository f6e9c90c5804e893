namespace Cfgen.Descriptors;

/// <summary>The shear under which a shape's strokes stand upright: columns that it leans to the right for each row down.</summary>
/// <remarks>
/// Upright strokes pile their pixels up in few columns. So the shape is sheared back by every angle of a grid, and judged by the sum of
/// the squares of its column sums. The answer is the mean of the angles, weighted so that only those near the best count: where several
/// are as good, as in round shapes, it lies between them and does not jump. For an ellipse it is the shear of its moments. For a four or
/// a nine it is that of the stem, which the moments do not see: a bow at the upper left weighs as much with them as a lean to the left.
/// </remarks>
static class UprightShear
{
    /// <summary>Angles that are tried, from the vertical to either side; beyond them strokes are nearly level.</summary>
    const int MostDegrees = 70;

    /// <summary>Weights are shares of the best sum to this power: 1 % below it counts a third, 5 % below it next to nothing.</summary>
    const int Selectivity = 100;

    /// <summary>The shear of a shape that has at least one pixel.</summary>
    public static double Of(BinaryImage shape)
    {
        Run[] runs = Runs(shape);
        int height = runs[^1].Row + 1, width = runs.Max(run => run.End);
        // Room for the widest shear, and a column for each part of a pixel.
        double[] columns = new double[width + (int)Math.Ceiling(Math.Tan(double.DegreesToRadians(MostDegrees)) * height) + 4];
        double[] sharpness = new double[2 * MostDegrees + 1];
        for (int i = 0; i < sharpness.Length; i++) sharpness[i] = Sharpness(runs, i - MostDegrees, columns);

        double best = sharpness.Max(), weights = 0, sum = 0;
        // In pairs from the vertical outwards, so that a mirror image leans exactly as far.
        for (int degrees = 0; degrees <= MostDegrees; degrees++)
        {
            double right = Math.Pow(sharpness[MostDegrees + degrees] / best, Selectivity);
            double left = Math.Pow(sharpness[MostDegrees - degrees] / best, Selectivity);
            weights += degrees == 0 ? right : right + left;
            sum += degrees * (right - left);
        }
        return Math.Tan(double.DegreesToRadians(sum / weights));
    }

    /// <summary>Sum of the squares of the column sums once the shape is sheared back by the angle.</summary>
    static double Sharpness(Run[] runs, int degrees, double[] columns)
    {
        double shear = Math.Tan(double.DegreesToRadians(degrees));
        double lowest = Math.Min(0, -shear * runs[^1].Row); // no column is negative
        Array.Clear(columns);
        foreach (Run run in runs)
        {
            // Where the column sums begin and cease to rise by one: between two columns, both take their part.
            double shift = -shear * run.Row - lowest;
            Step(columns, run.Start + shift, 1);
            Step(columns, run.End + shift, -1);
        }
        double sum = 0, squares = 0;
        foreach (double change in columns)
        {
            sum += change;
            squares += sum * sum;
        }
        return squares;
    }

    static void Step(double[] columns, double position, int by)
    {
        int column = (int)position;
        double part = position - column;
        columns[column] += by * (1 - part);
        columns[column + 1] += by * part;
    }

    /// <summary>Pixels side by side, counted from the shape's own first row and column, so that moving the shape changes nothing.</summary>
    static Run[] Runs(BinaryImage shape)
    {
        List<Run> runs = [];
        for (int y = 0; y < shape.Height; y++)
        {
            ReadOnlySpan<byte> row = shape.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                if (row[x] == 0) continue;
                int start = x;
                while (x < row.Length && row[x] != 0) x++;
                runs.Add(new(y, start, x));
            }
        }
        (int top, int left) = (runs[0].Row, runs.Min(run => run.Start));
        return [.. runs.Select(run => new Run(run.Row - top, run.Start - left, run.End - left))];
    }

    /// <summary>Row, first column and the column behind the last.</summary>
    readonly record struct Run(int Row, int Start, int End);
}
