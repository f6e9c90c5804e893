using System.Globalization;

namespace Cfgen.Autodiff.Rules.Support;

/// <summary>One axis of a Resize as a matrix, for every mode of the operator's definition (ONNX, opset 11 to 19).</summary>
sealed class ResizeAxis(GradientContext n, long from, long to, float scale)
{
    readonly string _mode = n.Text("mode") ?? "nearest";
    readonly string _coordinates = n.Text("coordinate_transformation_mode") ?? "half_pixel";
    readonly string _nearest = n.Text("nearest_mode") ?? "round_prefer_floor";
    readonly double _cubic = n.Float("cubic_coeff_a", absent: -0.75f);
    readonly bool _excludeOutside = n.Int("exclude_outside", 0) != 0;
    readonly bool _antialias = n.Int("antialias", 0) != 0 && scale < 1;

    /// <summary>Start of the region of interest, from 0 to 1 along the axis (tf_crop_and_resize).</summary>
    public float Start { get; init; }

    /// <summary>End of the region of interest.</summary>
    public float End { get; init; } = 1;

    /// <summary>Row major [to, from]: which share of each input element goes into each output element.</summary>
    public double[] Matrix()
    {
        double[] matrix = new double[to * from];
        for (long i = 0; i < to; i++)
        {
            double x = Coordinate(i);
            if (_coordinates == "tf_crop_and_resize" && (x < 0 || x > from - 1)) continue; // a constant stands there
            Span<double> row = matrix.AsSpan((int)(i * from), (int)from);
            if (_mode == "nearest") row[(int)Nearest(x)] = 1;
            else Filter(row, x);
        }
        return matrix;
    }

    /// <summary>
    /// Where output element i lies among the input elements, in the runtime's precision: rounding decides which neighbour is nearest.
    /// </summary>
    float Coordinate(long index)
    {
        float i = index, length = from, resized = to;
        return _coordinates switch
        {
            "asymmetric" => i / scale,
            "align_corners" => to == 1 ? 0 : i * (length - 1) / (resized - 1),
            "pytorch_half_pixel" => to > 1 ? (i + 0.5f) / scale - 0.5f : 0,
            "tf_half_pixel_for_nn" => (i + 0.5f) / scale,
            "half_pixel_symmetric" => (float)(length / 2 * (1 - resized / (scale * length)) + (i + 0.5) / scale - 0.5),
            "tf_crop_and_resize" =>
                to > 1 ? Start * (length - 1) + i * (End - Start) * (length - 1) / (resized - 1) : 0.5f * (Start + End) * (length - 1),
            _ => (i + 0.5f) / scale - 0.5f,
        };
    }

    /// <summary>The element nearest to x, among those there are.</summary>
    long Nearest(double x)
    {
        const double Uncertain = 1e-4;
        // With a remainder the runtime's own rounding on its way to x decides between neighbours as good as equally near.
        if (_coordinates == "half_pixel_symmetric" && Math.Abs(scale * from - to) > 1e-3
            && Clamped(x - Uncertain) != Clamped(x + Uncertain))
            throw n.Refuse(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"mode nearest with half_pixel_symmetric and {scale * from} cut to {to} elements, one of them at {x}"),
                "a scale without remainder, or sizes");
        return Clamped(x);
    }

    long Clamped(double x) => Math.Clamp(Round(x), 0, from - 1);

    long Round(double x) => (long)(_nearest switch
    {
        "floor" => Math.Floor(x),
        "ceil" => Math.Ceiling(x),
        "round_prefer_ceil" => Math.Floor(x + 0.5),
        _ => Math.Ceiling(x - 0.5),
    });

    /// <summary>Linear or cubic weights around x; stretched by the scale where antialiasing shrinks.</summary>
    void Filter(Span<double> row, double x)
    {
        double stretch = _antialias ? 1 / scale : 1, support = (_mode == "cubic" ? 2 : 1) * stretch;
        double sum = 0;
        for (long j = (long)Math.Ceiling(x - support); j <= (long)Math.Floor(x + support); j++)
        {
            double weight = Weight((j - x) / stretch);
            bool outside = j < 0 || j >= from;
            if (weight == 0 || outside && _excludeOutside) continue;
            row[(int)Math.Clamp(j, 0, from - 1)] += weight;
            sum += weight;
        }
        if (sum != 0) foreach (ref double weight in row) weight /= sum;
    }

    /// <summary>The triangle, or Keys' cubic (1981) with the operator's coefficient.</summary>
    double Weight(double x)
    {
        x = Math.Abs(x);
        if (_mode != "cubic") return Math.Max(0, 1 - x);
        double a = _cubic;
        return x switch
        {
            <= 1 => ((a + 2) * x - (a + 3)) * x * x + 1,
            < 2 => a * (((x - 5) * x + 8) * x - 4),
            _ => 0,
        };
    }
}
