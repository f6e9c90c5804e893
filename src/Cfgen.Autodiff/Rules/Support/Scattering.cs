using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Rules.Support;

/// <summary>Adds values at indices to zeros in the shape of x: the transpose of reading x there. Or multiplies ones by them.</summary>
static class Scattering
{
    /// <summary>The names that ONNX has for several values at one place.</summary>
    public const string Sum = "add", Product = "mul";

    const int Since = 16; // the first opset that can add at indices

    /// <summary>Along one axis, with an index for every value; several at one place add up.</summary>
    public static string Along(GradientContext n, string indices, string values, long axis, string reduction = Sum)
    {
        RequireOpset(n);
        return n.Ops.ScatterElements(Start(n, reduction), indices, values, axis, reduction);
    }

    /// <summary>At tuples of <paramref name="length"/> indices, [..., length]; several at one place add up.</summary>
    /// <remarks>
    /// Written as places along one axis, where ONNX Runtime adds in order: at tuples (ScatterND) it adds in parallel, and loses some where
    /// a tuple comes twice.
    /// </remarks>
    public static string AtTuples(GradientContext n, string indices, string values, int length, string reduction = Sum)
    {
        RequireOpset(n);
        GraphWriter ops = n.Ops;
        long rest = Enumerable.Range(length, n.Shape(0).Count - length).Aggregate(1L, (product, axis) => product * n.FixedLength(0, axis));
        string places = ops.Expand(ops.Reshape(Places(n, indices, length), ops.Longs(-1, 1)), ops.Longs(1, rest));
        string sums = ops.ScatterElements(
            ops.Reshape(Start(n, reduction), ops.Longs(-1, rest)), places, ops.Reshape(values, ops.Longs(-1, rest)), axis: 0, reduction);
        return n.ReshapeLike(sums, 0);
    }

    static string Start(GradientContext n, string reduction) => n.Filled(n.Input(0), reduction == Product ? 1 : 0);

    /// <summary>
    /// What each tuple means with its axes as one. Only the first index may stay negative: the place is then counted from the end as a
    /// whole.
    /// </summary>
    static string Places(GradientContext n, string indices, int length)
    {
        GraphWriter ops = n.Ops;
        int last = n.Shape(1).Count - 1;
        string places = Entry(0);
        for (int axis = 1; axis < length; axis++)
        {
            string lengthThere = ops.LongScalar(n.FixedLength(0, axis));
            places = ops.Add(ops.Mul(places, lengthThere), ops.Emit("Mod", [Entry(axis), lengthThere]));
        }
        return places;

        string Entry(int i) => ops.Slice(indices, [i], [i + 1], [last]);
    }

    static void RequireOpset(GradientContext n)
    {
        if (n.Ops.Opset < Since) throw n.Refuse($"opset {n.Ops.Opset}", $"opset {Since}, the first that can add at indices");
    }
}
