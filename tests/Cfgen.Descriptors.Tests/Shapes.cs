using CsCheck;

namespace Cfgen.Descriptors.Tests;

/// <summary>Shapes by chance.</summary>
static class Shapes
{
    /// <summary>The side of a drawn image, as large as those of the digits.</summary>
    public const int Side = 32;

    static readonly Gen<double> s_place = Gen.Double[11, 20];

    /// <summary>One to four strokes with round ends, all at least six pixels from the edge of the image: formulas over points.</summary>
    public static readonly Gen<Func<double, double, bool>> Strokes =
        Gen.Select(s_place, s_place, s_place, s_place, Gen.Double[1, 4]).Array[1, 4].Select(
            strokes => (Func<double, double, bool>)((x, y) =>
            Array.Exists(strokes, stroke => Distance(x, y, stroke.Item1, stroke.Item2, stroke.Item3, stroke.Item4) < stroke.Item5)));

    /// <summary>Foreground and background cell by cell, from nearly empty to nearly full.</summary>
    public static readonly Gen<BinaryImage> Cells =
        from width in Gen.Int[1, 16]
        from height in Gen.Int[1, 16]
        from tenths in Gen.Int[1, 9]
        from dice in Gen.Int[0, 9].Array[width * height]
        select FromDice(width, height, tenths, dice);

    static BinaryImage FromDice(int width, int height, int tenths, int[] dice)
    {
        BinaryImage image = new(width, height);
        for (int i = 0; i < dice.Length; i++) image.Row(i / width)[i % width] = dice[i] < tenths ? (byte)1 : (byte)0;
        return image;
    }

    // From a point to a segment.
    static double Distance(double x, double y, double x0, double y0, double x1, double y1)
    {
        double squared = (x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0);
        double along = squared > 0 ? Math.Clamp(((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / squared, 0, 1) : 0;
        return double.Hypot(x - x0 - along * (x1 - x0), y - y0 - along * (y1 - y0));
    }
}
