namespace Cfgen.Descriptors;

/// <summary>Where a shape's pixels lie: their middle and their second moments, in pixels; x to the right, y down.</summary>
/// <param name="CentreY">Mean row.</param>
/// <param name="U11">Covariance of column and row.</param>
/// <param name="U02">Variance of the row.</param>
readonly record struct ImageMoments(double CentreY, double U11, double U02)
{
    /// <summary>Columns that the shape moves to the right for each row down: u11 / u02; 0 where all of it lies in one row.</summary>
    public double HorizontalShear => U02 > 0 ? U11 / U02 : 0;

    /// <summary>The moments of a shape that has at least one pixel.</summary>
    /// <remarks>Sums are whole numbers, so that moving the shape by whole pixels changes no central moment, not even its last digit.</remarks>
    public static ImageMoments Of(BinaryImage shape)
    {
        long n = 0, sumX = 0, sumY = 0, sumXY = 0, sumYY = 0;
        for (int y = 0; y < shape.Height; y++)
        {
            ReadOnlySpan<byte> row = shape.Row(y);
            (long rowN, long rowX) = (0, 0);
            for (int x = 0; x < row.Length; x++)
            {
                rowN += row[x];
                rowX += row[x] * x;
            }
            n += rowN;
            sumX += rowX;
            sumY += rowN * y;
            sumXY += rowX * y;
            sumYY += rowN * y * y;
        }
        double square = (double)n * n;
        // n^2 u = n sum(xy) - sum(x) sum(y) has more digits than a double.
        double u11 = (double)((Int128)n * sumXY - (Int128)sumX * sumY) / square;
        double u02 = (double)((Int128)n * sumYY - (Int128)sumY * sumY) / square;
        return new ImageMoments((double)sumY / n, u11, u02);
    }
}
