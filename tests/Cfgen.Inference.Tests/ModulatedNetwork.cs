using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Tests;

/// <summary>
/// One layer of a generator whose styles scale its weights, as exporters write it: inputs x [N, i, H, W] and style [N, i], a group of the
/// convolution for each row. Every option is a way that somebody writes it.
/// </summary>
/// <param name="N">Rows of the batch.</param>
/// <param name="Transposed">A ConvTranspose of stride 2.</param>
/// <param name="Square">How the demodulation squares the weights: "Pow", "Mul", "ReduceSumSquare"; "" for none.</param>
sealed record ModulatedNetwork(int N, bool Transposed, string Square)
{
    public const int In = 5, Out = 3, Height = 4, Width = 6;

    /// <summary>Side of the kernel.</summary>
    public int Kernel { get; init; } = 3;

    /// <summary>Whether the sum of the squares keeps its axes.</summary>
    public bool KeepsAxes { get; init; }

    /// <summary>Whether the weights are demodulated once they have the convolution's axes.</summary>
    public bool DemodulatesLate { get; init; }

    /// <summary>Whether the weights are divided by their length instead of multiplied.</summary>
    public bool Divides { get; init; }

    /// <summary>A factor of all weights.</summary>
    public double? Gain { get; init; }

    /// <summary>Whether the scaled weights are read a second time.</summary>
    public bool IsReadAgain { get; init; }

    /// <summary>Changes the scaled weights [N, o, i, k, k] further.</summary>
    public Func<GraphWriter, string, string>? Also { get; init; }

    /// <summary>The model.</summary>
    public ModelProto Model() => TinyModels.Make(
        [new("x", [N, In, Height, Width]), new("style", [N, In])],
        new("y", [N, Out, Transposed ? 2 * Height - 1 : Height, Transposed ? 2 * Width - 1 : Width]), Write);

    /// <summary>A further factor that is computed from the style.</summary>
    public static string Factor(GraphWriter ops, params long[] shape) => ops.Sigmoid(TinyModels.Affine(ops, "style", In, 7, shape));

    string Write(GraphWriter ops)
    {
        string s = ops.Reshape(ops.Add("style", ops.Scalar(1.5)), ops.Longs(N, 1, In, 1, 1));
        string scaled = ops.Mul(ops.Real(TinyModels.Weights(1, Out * In * Kernel * Kernel), 1, Out, In, Kernel, Kernel), s);
        if (Gain is { } gain) scaled = ops.Mul(scaled, ops.Scalar(gain));
        if (Also is not null) scaled = Also(ops, scaled);
        string? length = Square == "" ? null : ops.Sqrt(ops.Add(SumOfSquares(ops, scaled), ops.Scalar(0.01)));
        string weights = length is null || DemodulatesLate ? scaled : Demodulated(ops, scaled, length, N, Out, 1, 1, 1);
        if (Transposed) weights = ops.Transpose(weights, 0, 2, 1, 3, 4);
        if (Transposed && length is not null && DemodulatesLate) weights = Demodulated(ops, weights, length, N, 1, Out, 1, 1);
        weights = ops.Reshape(weights, Transposed ? ops.Longs(N * In, Out, Kernel, Kernel) : ops.Longs(N * Out, In, Kernel, Kernel));
        if (!Transposed && length is not null && DemodulatesLate) weights = Demodulated(ops, weights, length, N * Out, 1, 1, 1);
        string y = Convolved(ops, ops.Reshape("x", ops.Longs(1, N * In, Height, Width)), weights);
        y = ops.Reshape(y, ops.Longs(N, Out, Transposed ? 2 * Height - 1 : Height, Transposed ? 2 * Width - 1 : Width));
        return IsReadAgain ? ops.Mul(y, ops.ReduceMean(ops.Sin(scaled), [0, 1, 2, 3, 4], keepDims: false)) : y;
    }

    string Convolved(GraphWriter ops, string x, string weights)
    {
        int pad = Kernel / 2;
        return Transposed
            ? ops.ConvTranspose(x, weights, [2, 2], [pad, pad, pad, pad], [1, 1], [0, 0], N)
            : ops.Conv(x, weights, [1, 1], [pad, pad, pad, pad], [1, 1], N);
    }

    string SumOfSquares(GraphWriter ops, string scaled) => Square switch
    {
        "Pow" => ops.ReduceSum(ops.Pow(scaled, ops.Scalar(2)), [2, 3, 4], KeepsAxes),
        "Mul" => ops.ReduceSum(ops.Mul(scaled, scaled), [-1, -2, -3], KeepsAxes),
        _ => ops.Emit(
            "ReduceSumSquare", [scaled, ops.Longs(3, 4, 2)],
            new AttributeProto { Name = "keepdims", Type = AttributeProto.Types.AttributeType.Int, I = KeepsAxes ? 1 : 0 }),
    };

    string Demodulated(GraphWriter ops, string weights, string length, params long[] shape) =>
        Divides
            ? ops.Div(weights, ops.Reshape(length, ops.Longs(shape)))
            : ops.Mul(weights, ops.Reshape(ops.Reciprocal(length), ops.Longs(shape)));
}
