namespace Cfgen.StyleGan.Tests.StyleGan2;

/// <summary>The planes of one picture in double precision, with the steps of the definition as plain loops.</summary>
sealed class Planes(int channels, int height, int width)
{
    readonly double[] _values = new double[channels * height * width];

    public int Channels => channels;

    public ReadOnlySpan<double> Values => _values;

    public double this[int c, int y, int x]
    {
        get => _values[(c * height + y) * width + x];
        set => _values[(c * height + y) * width + x] = value;
    }

    public static Planes Of(int channels, int height, int width, ReadOnlySpan<float> values)
    {
        Planes planes = new(channels, height, width);
        for (int i = 0; i < values.Length; i++) planes._values[i] = values[i];
        return planes;
    }

    /// <summary>Every element by a rule of its plane, row, column and value.</summary>
    public Planes Map(Func<int, int, int, double, double> rule)
    {
        Planes result = new(channels, height, width);
        for (int c = 0; c < channels; c++)
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++) result[c, y, x] = rule(c, y, x, this[c, y, x]);
        return result;
    }

    public Planes Plus(Planes other) => Map((c, y, x, value) => value + other[c, y, x]);

    /// <summary>One zero behind every element, in both directions.</summary>
    public Planes InsertZeros()
    {
        Planes result = new(channels, 2 * height, 2 * width);
        for (int c = 0; c < channels; c++)
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++) result[c, 2 * y, 2 * x] = this[c, y, x];
        return result;
    }

    /// <summary>Zeros around. A negative number of them crops.</summary>
    public Planes Pad(int before, int after)
    {
        Planes result = new(channels, height + before + after, width + before + after);
        for (int c = 0; c < channels; c++)
            for (int y = Math.Max(0, -before); y < height + Math.Min(0, after); y++)
                for (int x = Math.Max(0, -before); x < width + Math.Min(0, after); x++) result[c, y + before, x + before] = this[c, y, x];
        return result;
    }

    /// <summary>Each plane convolved with a filter, which is turned round as a convolution has it; only where it lies inside.</summary>
    public Planes Filter(ReadOnlySpan<float> filter, int size, double gain)
    {
        Planes result = new(channels, height - size + 1, width - size + 1);
        for (int c = 0; c < channels; c++)
            for (int y = 0; y + size <= height; y++)
                for (int x = 0; x + size <= width; x++)
                    for (int i = 0; i < size; i++)
                        for (int j = 0; j < size; j++)
                            result[c, y, x] += gain * filter[i * size + j] * this[c, y + size - 1 - i, x + size - 1 - j];
        return result;
    }

    /// <summary>
    /// Channels mixed by weights [O, I, k, k], as a correlation (not turned round) or a convolution; only where they lie inside.
    /// </summary>
    public Planes Mix(double[] weights, int size, bool turned)
    {
        int outputs = weights.Length / (channels * size * size);
        Planes result = new(outputs, height - size + 1, width - size + 1);
        for (int o = 0; o < outputs; o++)
            for (int c = 0; c < channels; c++)
                for (int y = 0; y + size <= height; y++)
                    for (int x = 0; x + size <= width; x++)
                        for (int i = 0; i < size; i++)
                            for (int j = 0; j < size; j++)
                                result[o, y, x] += weights[((o * channels + c) * size + i) * size + j] * (turned
                                    ? this[c, y + size - 1 - i, x + size - 1 - j]
                                    : this[c, y + i, x + j]);
        return result;
    }
}
