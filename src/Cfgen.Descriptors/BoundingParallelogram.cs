namespace Cfgen.Descriptors;

/// <summary>
/// The parallelogram, upright in height and slanted as the shape is, that holds its middle 98 % in either direction; in pixels.
/// </summary>
/// <param name="Width">Length of the level sides.</param>
/// <param name="Height">Distance between the level sides.</param>
readonly record struct BoundingParallelogram(double Width, double Height)
{
    // On either side, so that one stray pixel does not widen the box: 2 % in all, as in Morpho-MNIST.
    const double Tail = 0.01;

    /// <summary>The parallelogram of a shape that has at least one pixel.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="shear">Columns that it leans to the right for each row down.</param>
    public static BoundingParallelogram Of(BinaryImage shape, double shear)
    {
        (int top, int bottom) = (0, shape.Height - 1);
        while (IsEmpty(shape, top)) top++;
        while (IsEmpty(shape, bottom)) bottom--;
        double atBottom = shear * (bottom - top);
        double start = -0.5 - Math.Max(0, atBottom);
        // One bin more than the span of positions, for the pixel's own width, and one for rounding.
        ProjectionHistogram across = new(start, (int)Math.Ceiling(shape.Width + Math.Abs(atBottom)) + 2);
        ProjectionHistogram down = new(-0.5, shape.Height);
        for (int y = top; y <= bottom; y++)
        {
            ReadOnlySpan<byte> row = shape.Row(y);
            double shift = shear * (y - top);
            int count = 0;
            for (int x = 0; x < row.Length; x++)
            {
                if (row[x] == 0) continue;
                count++;
                across.Add(x - shift, 1);
            }
            down.Add(y, count);
        }
        return new BoundingParallelogram(across.WidthWithoutTails(Tail), down.WidthWithoutTails(Tail));
    }

    static bool IsEmpty(BinaryImage shape, int y) => !shape.Row(y).Contains((byte)1);
}
