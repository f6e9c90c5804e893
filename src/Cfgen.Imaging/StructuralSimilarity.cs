namespace Cfgen.Imaging;

/// <summary>How alike two pictures look: luminance, contrast and structure, compared in a window that moves over both.</summary>
/// <remarks>
/// Z. Wang, A. C. Bovik, H. R. Sheikh and E. P. Simoncelli, "Image quality assessment: from error visibility to structural similarity",
/// IEEE Transactions on Image Processing 13 (2004): (2 mx my + c1)(2 sxy + c2) / ((mx^2 + my^2 + c1)(sx^2 + sy^2 + c2)), the mean over
/// every place of a Gaussian window that lies wholly inside, with the constants given there.
/// </remarks>
public static class StructuralSimilarity
{
    /// <summary>Pixels on a side of the window, and its standard deviation.</summary>
    const int WindowSide = 11;
    const double Sigma = 1.5;

    /// <summary>Keep the quotients steady where means or variances are near 0: (0.01 L)^2 and (0.03 L)^2 with L = 255.</summary>
    const double C1 = 0.01 * 255 * (0.01 * 255), C2 = 0.03 * 255 * (0.03 * 255);

    /// <summary>From -1 to 1, which only equal pictures have; of colours the mean over the channels.</summary>
    /// <param name="a">One picture.</param>
    /// <param name="b">The other, of the same size and number of channels. A side of less than 11 pixels makes the window as short.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double Between(PixelImage a, PixelImage b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if ((a.Width, a.Height, a.Channels) != (b.Width, b.Height, b.Channels))
            throw new ArgumentException(
                $"{a.Width} x {a.Height} x {a.Channels} cannot be compared with {b.Width} x {b.Height} x {b.Channels}.", nameof(b));
        double sum = 0;
        for (int c = 0; c < a.Channels; c++) sum += OfPlanes(Plane(a, c), Plane(b, c), a.Width, a.Height);
        return sum / a.Channels;
    }

    static double OfPlanes(double[] x, double[] y, int width, int height)
    {
        double[] mx = Blur(x, width, height), my = Blur(y, width, height);
        double[] xx = Blur(Product(x, x), width, height), yy = Blur(Product(y, y), width, height), xy = Blur(Product(x, y), width, height);
        double sum = 0;
        for (int i = 0; i < mx.Length; i++)
        {
            double squareX = mx[i] * mx[i], squareY = my[i] * my[i], both = mx[i] * my[i];
            sum += (2 * both + C1) * (2 * (xy[i] - both) + C2) / ((squareX + squareY + C1) * (xx[i] - squareX + (yy[i] - squareY) + C2));
        }
        return sum / mx.Length;
    }

    /// <summary>The weighted mean at every place of the window: along the rows, then along the columns.</summary>
    static double[] Blur(double[] plane, int width, int height)
    {
        double[] across = Weights(width), down = Weights(height);
        (int columns, int rows) = (width - across.Length + 1, height - down.Length + 1);
        double[] along = new double[columns * height], result = new double[columns * rows];
        for (int row = 0; row < height; row++)
            for (int column = 0; column < columns; column++)
                for (int k = 0; k < across.Length; k++) along[row * columns + column] += across[k] * plane[row * width + column + k];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                for (int k = 0; k < down.Length; k++) result[row * columns + column] += down[k] * along[(row + k) * columns + column];
        return result;
    }

    /// <summary>One side of the window; the weights add up to 1.</summary>
    static double[] Weights(int side)
    {
        double[] weights = new double[Math.Min(side, WindowSide)];
        double centre = (weights.Length - 1) / 2.0, sum = 0;
        for (int i = 0; i < weights.Length; i++) sum += weights[i] = Math.Exp(-(i - centre) * (i - centre) / (2 * Sigma * Sigma));
        return Array.ConvertAll(weights, w => w / sum);
    }

    static double[] Plane(PixelImage image, int channel)
    {
        double[] plane = new double[image.Width * image.Height];
        for (int i = 0; i < plane.Length; i++) plane[i] = image.Pixels[i * image.Channels + channel];
        return plane;
    }

    static double[] Product(double[] a, double[] b)
    {
        double[] product = new double[a.Length];
        for (int i = 0; i < product.Length; i++) product[i] = a[i] * b[i];
        return product;
    }
}
