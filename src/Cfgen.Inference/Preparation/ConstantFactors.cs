using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Preparation;

/// <summary>
/// Constants that each run over some axes of a full weight [1, o, i, k...], and their product, computed in double precision.
/// </summary>
/// <param name="full">Lengths of the full weight.</param>
sealed class ConstantFactors(IReadOnlyList<long> full)
{
    /// <summary>
    /// A constant, how far its entries along each axis of the full weight lie apart (0 where it does not vary), and whether it is divided
    /// by.
    /// </summary>
    sealed record Factor(double[] Values, long[] Strides, bool Divides);

    readonly List<Factor> _factors = [];

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _factors.Count == 0;

    /// <summary>Type of their numbers.</summary>
    public DataType Type { get; private set; }

    /// <summary>Whether the product varies along an axis.</summary>
    public bool RunsOver(int axis) => _factors.Exists(f => f.Strides[axis] > 0);

    /// <summary>Takes one in.</summary>
    public void Add(TensorProto tensor, WeightLayout layout, bool divides)
    {
        long[] strides = new long[full.Count];
        long stride = 1;
        foreach (int axis in layout.Axes.Reverse())
        {
            strides[axis] = stride;
            stride *= full[axis];
        }
        Type = tensor.Type();
        _factors.Add(new(tensor.ToDoubles(), strides, divides));
    }

    /// <summary>The product, its axes in an order of the caller's.</summary>
    /// <param name="first">The axis in front.</param>
    /// <param name="second">The next; the kernel's follow.</param>
    /// <returns>Row major.</returns>
    public double[] Product(int first, int second)
    {
        int[] order = [first, second, .. Enumerable.Range(WeightLayout.Kernel, full.Count - WeightLayout.Kernel)];
        double[] product = new double[order.Aggregate(1L, (count, axis) => count * full[axis])];
        Array.Fill(product, 1);
        foreach (Factor factor in _factors)
            Multiply(product, factor, [.. order.Select(axis => full[axis])], [.. order.Select(axis => factor.Strides[axis])]);
        return product;
    }

    static void Multiply(double[] product, Factor factor, long[] lengths, long[] strides)
    {
        long[] index = new long[lengths.Length];
        long from = 0;
        for (int to = 0; to < product.Length; to++)
        {
            product[to] = factor.Divides ? product[to] / factor.Values[from] : product[to] * factor.Values[from];
            for (int axis = lengths.Length - 1; axis >= 0; axis--)
            {
                from += strides[axis];
                if (++index[axis] < lengths[axis]) break;
                from -= strides[axis] * lengths[axis];
                index[axis] = 0;
            }
        }
    }
}
