using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat;

/// <summary>
/// Computes with constant weights while a graph is written, so that it is not done at every run. All is computed in double precision and
/// rounded to the type of the weights.
/// </summary>
public static class ConstantArithmetic
{
    /// <summary>Whether the tensor's numbers are real and at hand.</summary>
    public static bool CanCompute(TensorProto tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Type() is DataType.Float or DataType.Double && tensor.DataLocation != TensorProto.Types.DataLocation.External;
    }

    /// <summary>
    /// The number that a tensor of one element holds; null where it holds others, or where they are not real and at hand.
    /// </summary>
    public static double? Number(TensorProto? tensor) =>
        tensor is not null && CanCompute(tensor) && tensor.ElementCount() == 1 ? tensor.ToDoubles()[0] : null;

    /// <summary>The tensor with every entry multiplied by the factor of its place along an axis.</summary>
    /// <param name="tensor">Real numbers.</param>
    /// <param name="axis">Counted from the front.</param>
    /// <param name="factors">One for each place along the axis, or one for all.</param>
    /// <exception cref="ModelFormatException">The tensor does not hold as many numbers as its shape says.</exception>
    public static TensorProto Scale(TensorProto tensor, int axis, IReadOnlyList<double> factors) => EachLine(tensor, axis, line =>
    {
        for (int i = 0; i < line.Length; i++) line[i] *= factors[factors.Count == 1 ? 0 : i];
    });

    /// <summary>The tensor less its mean along an axis.</summary>
    /// <param name="tensor">Real numbers.</param>
    /// <param name="axis">Counted from the front.</param>
    /// <exception cref="ModelFormatException">The tensor does not hold as many numbers as its shape says.</exception>
    public static TensorProto Centre(TensorProto tensor, int axis) => EachLine(tensor, axis, line =>
    {
        double mean = line.Average();
        for (int i = 0; i < line.Length; i++) line[i] -= mean;
    });

    /// <summary>
    /// What the weights of a layer make of one input for each channel, the same at every place: for each place along the kept axis the sum
    /// of input times weight over all others.
    /// </summary>
    /// <param name="tensor">Real numbers.</param>
    /// <param name="axis">That of the input channels, counted from the front.</param>
    /// <param name="kept">That of the output channels.</param>
    /// <param name="input">One for each place along <paramref name="axis"/>.</param>
    /// <exception cref="ModelFormatException">The tensor does not hold as many numbers as its shape says.</exception>
    public static double[] Project(TensorProto tensor, int axis, int kept, IReadOnlyList<double> input)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        double[] values = tensor.ToDoubles(), sums = new double[tensor.Dims[kept]];
        int stride = Behind(tensor, axis), keptStride = Behind(tensor, kept);
        for (int i = 0; i < values.Length; i++) sums[i / keptStride % sums.Length] += values[i] * input[i / stride % input.Count];
        return sums;
    }

    static int Behind(TensorProto tensor, int axis) => (int)tensor.Dims.Skip(axis + 1).Aggregate(1L, (a, b) => a * b);

    static TensorProto EachLine(TensorProto tensor, int axis, Action<double[]> change)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        double[] values = tensor.ToDoubles(), line = new double[tensor.Dims[axis]];
        int stride = Behind(tensor, axis);
        for (int start = 0; start < values.Length; start += line.Length * stride)
        {
            for (int first = start; first < start + stride; first++)
            {
                for (int i = 0; i < line.Length; i++) line[i] = values[first + i * stride];
                change(line);
                for (int i = 0; i < line.Length; i++) values[first + i * stride] = line[i];
            }
        }
        return ((ReadOnlySpan<double>)values).ToTensor(tensor.Type(), [.. tensor.Dims]);
    }
}
