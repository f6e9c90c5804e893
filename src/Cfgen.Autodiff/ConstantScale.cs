using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff;

/// <summary>Constant factors of a value.</summary>
/// <param name="Factors">One for all elements, or one for each place along an axis.</param>
/// <param name="FromEnd">Number of the axis, counted from the end, the last being 1; 0 where there is one factor alone.</param>
/// <param name="Rank">Of the tensor that holds them.</param>
sealed record ConstantScale(double[] Factors, int FromEnd, int Rank)
{
    /// <summary>The factors that a tensor of real numbers holds; null where there is none, or where it varies along several axes.</summary>
    public static ConstantScale? Of(TensorProto? tensor)
    {
        if (tensor is null) return null;
        int rank = tensor.Dims.Count;
        int[] varied = [.. Enumerable.Range(0, rank).Where(a => tensor.Dims[a] != 1)];
        return varied.Length > 1 ? null : new(tensor.ToDoubles(), varied is [int axis] ? rank - axis : 0, rank);
    }

    /// <summary>Whether a layer can take them.</summary>
    /// <param name="rank">The least that its pictures or rows can have: with more axes, the factors would add some.</param>
    /// <param name="channels">How many it has.</param>
    /// <param name="channelsFromEnd">Their axis, counted from the end.</param>
    public bool Fits(int rank, long channels, int channelsFromEnd) => Rank <= rank && (FromEnd == 0 || FromEnd == channelsFromEnd && Factors.Length == channels);
}
