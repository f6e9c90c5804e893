namespace Cfgen.Descriptors;

/// <summary>
/// How a shape's area spreads over one direction: a histogram with bins one pixel wide, from <paramref name="start"/> on.
/// </summary>
sealed class ProjectionHistogram(double start, int bins)
{
    readonly double[] _mass = new double[bins];
    double _total;

    /// <summary>Adds the area of pixels that are one pixel wide and centred at a position.</summary>
    public void Add(double position, int pixels)
    {
        double left = position - 0.5 - start;
        int bin = (int)left;
        double share = left - bin;
        _mass[bin] += pixels * (1 - share);
        if (share > 0) _mass[bin + 1] += pixels * share;
        _total += pixels;
    }

    /// <summary>The width of the middle part of the area, without the share <paramref name="tail"/> of it on either side.</summary>
    public double WidthWithoutTails(double tail) => Quantile(1 - tail) - Quantile(tail);

    // The mass of a bin is spread evenly over it.
    double Quantile(double share)
    {
        double wanted = share * _total;
        for (int bin = 0; bin < _mass.Length; bin++)
        {
            if (_mass[bin] >= wanted && _mass[bin] > 0) return bin + wanted / _mass[bin];
            wanted -= _mass[bin];
        }
        return _mass.Length;
    }
}
