namespace Cfgen.Descriptors;

/// <summary>The centre lines of a shape.</summary>
sealed class Skeleton
{
    readonly List<int> _pixels = [];

    Skeleton(BinaryImage image)
    {
        Image = image;
        for (int index = 0; index < image.Cells.Length; index++)
        {
            if (image.Cells[index] == 1) _pixels.Add(index);
        }
    }

    /// <summary>The lines, one pixel wide; a subset of the shape.</summary>
    public BinaryImage Image { get; }

    /// <summary>The sum of the steps between neighbouring pixels: 1 along a row or column, the square root of 2 along a diagonal.</summary>
    public double Length
    {
        get
        {
            byte[] cells = Image.Cells;
            int stride = Image.Stride;
            (int straight, int diagonal) = (0, 0);
            foreach (int index in _pixels)
            {
                (byte west, byte east, byte south) = (cells[index - 1], cells[index + 1], cells[index + stride]);
                straight += east + south;
                // Round a corner that is itself on the line, the way is two straight steps and no third across.
                diagonal += cells[index + stride + 1] & ~(east | south) & 1;
                diagonal += cells[index + stride - 1] & ~(west | south) & 1;
            }
            return straight + diagonal * Math.Sqrt(2);
        }
    }

    /// <summary>The skeleton of a shape.</summary>
    public static Skeleton Of(BinaryImage shape) => new(Thinning.Thin(shape));

    /// <summary>The mean distance of the skeleton's pixels from the background.</summary>
    /// <param name="squaredDistances">What <see cref="DistanceTransform.Squared"/> gave for the shape.</param>
    public double MeanDistance(ReadOnlySpan<int> squaredDistances)
    {
        double sum = 0;
        foreach (int index in _pixels) sum += Math.Sqrt(squaredDistances[index]);
        return sum / _pixels.Count;
    }
}
