using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Rules.Support;

/// <summary>
/// One axis of a GridSample: which elements along it every point reads, its <i>taps</i>, and with what weights. The tensors are [N, taps,
/// points].
/// </summary>
sealed class GridAxis
{
    /// <summary>The coefficient of Keys' cubic (1981) that the operator prescribes.</summary>
    const double A = -0.75;

    // A row for each tap: the coefficients of its weight as a polynomial in t, the distance from the element below the point.
    static readonly double[][] s_nearest = [[1]];
    static readonly double[][] s_linear = [[1, -1], [0, 1]];
    static readonly double[][] s_cubic = [[0, A, -2 * A, A], [1, 0, -(A + 3), A + 2], [0, -A, 2 * A + 3, -(A + 2)], [0, 0, A, -A]];

    readonly GraphWriter _ops;
    readonly long _length;
    readonly bool _alignCorners;

    /// <param name="n">The node.</param>
    /// <param name="coordinates">Where the points lie, -1 to 1 within the data, [N, 1, points].</param>
    /// <param name="length">Number of elements along the axis.</param>
    public GridAxis(GradientContext n, string coordinates, long length)
    {
        (_ops, _length, _alignCorners) = (n.Ops, length, n.Int("align_corners", 0) != 0);
        double[][] polynomials = n.Text("mode") switch
        {
            null or "linear" or "bilinear" => s_linear,
            "cubic" or "bicubic" => s_cubic,
            "nearest" => s_nearest,
            var mode => throw n.Refuse($"mode '{mode}'", "linear, cubic or nearest"),
        };
        Taps = polynomials.Length;
        string x = Position(coordinates), below = Taps == 1 ? _ops.Round(x) : _ops.Floor(x);
        string wanted = _ops.Add(_ops.Cast(below, DataType.Int64), Offsets(first: Taps == s_cubic.Length ? -1 : 0));
        Indices = Padded(n, wanted);
        string? inside = n.Text("padding_mode") is null or "zeros" ? _ops.Cast(_ops.Equal(wanted, Indices), _ops.RealType) : null;
        string powers = _ops.Pow(_ops.Sub(x, below), _ops.Real([.. Enumerable.Range(0, Taps).Select(i => (double)i)], 1, Taps, 1));
        Weights = Polynomials(powers, polynomials, inside);
        if (Taps > 1) Slopes = Polynomials(_ops.Slice(powers, [0], [Taps - 1], [1]), [.. polynomials.Select(Derivative)], inside);
    }

    /// <summary>Number of elements that a point reads along the axis.</summary>
    public int Taps { get; }

    /// <summary>int64, from 0 to the length less 1.</summary>
    public string Indices { get; }

    /// <summary>The share of each element; 0 outside where zeros are there.</summary>
    public string Weights { get; }

    /// <summary>Derivative of the weights by the position in elements; null where they are constant between jumps.</summary>
    public string? Slopes { get; }

    /// <summary>Elements for each unit of a coordinate.</summary>
    public double Scale => (_alignCorners ? _length - 1 : _length) / 2.0;

    /// <summary>In elements, and in the runtime's order of operations: its rounding decides between neighbours.</summary>
    string Position(string coordinates)
    {
        string half = _ops.Scalar(0.5), one = _ops.Scalar(1), shifted = _ops.Add(coordinates, one);
        return _alignCorners
            ? _ops.Mul(_ops.Mul(shifted, half), _ops.Scalar(_length - 1))
            : _ops.Mul(_ops.Sub(_ops.Mul(shifted, _ops.Scalar(_length)), one), half);
    }

    string Offsets(int first) => _ops.Reshape(_ops.Longs([.. Enumerable.Range(first, Taps).Select(i => (long)i)]), _ops.Longs(1, Taps, 1));

    /// <summary>
    /// Indices outside brought inside: by the nearest, or mirrored at the edge elements (align_corners) or at their outer borders.
    /// </summary>
    string Padded(GradientContext n, string indices)
    {
        string last = _ops.LongScalar(_length - 1);
        switch (n.Text("padding_mode"))
        {
            case null or "zeros" or "border":
                return _ops.Emit("Clip", [indices, _ops.LongScalar(0), last]);
            case "reflection":
                long period = _alignCorners ? Math.Max(1, 2 * (_length - 1)) : 2 * _length;
                string there = _ops.Emit("Mod", [indices, _ops.LongScalar(period)]);
                return _ops.Emit("Min", [there, _ops.Sub(_ops.LongScalar(_alignCorners ? period : period - 1), there)]);
            case var padding:
                throw n.Refuse($"padding_mode '{padding}'", "zeros, border or reflection");
        }
    }

    string Polynomials(string powers, double[][] coefficients, string? inside)
    {
        string values = _ops.MatMul(_ops.Real([.. coefficients.SelectMany(c => c)], Taps, coefficients[0].Length), powers);
        return inside is null ? values : _ops.Mul(values, inside);
    }

    static double[] Derivative(double[] coefficients) => [.. coefficients.Skip(1).Select((c, i) => (i + 1) * c)];
}
