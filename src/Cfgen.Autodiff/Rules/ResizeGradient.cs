using Cfgen.Autodiff.Rules.Support;
using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = x resized: along each axis a product with a fixed matrix, so that dx is the product with its transpose.</summary>
static class ResizeGradient
{
    public static string?[] Rule(GradientContext n)
    {
        int rank = n.Shape(0).Count;
        int[] axes = n.Ints("axes") is { } given ? [.. given.Select(a => (int)(a < 0 ? a + rank : a))] : [.. Enumerable.Range(0, rank)];
        float[] scales = Scales(n, axes);
        float[]? roi = Numbers(n, 1);
        string dx = n.OutputGradient;
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = axes[i];
            Dimension from = n.Shape(0)[axis], to = n.OutputShape[axis];
            if (from == to && !from.IsFixed) continue;
            if (!to.IsFixed) throw n.Refuse($"axis {axis} of length {from}", "a length that does not depend on the batch");
            long length = n.FixedLength(0, axis);
            ResizeAxis resize = new(n, length, to.Fixed, scales[i])
            {
                Start = roi is { Length: > 0 } ? roi[i] : 0,
                End = roi is { Length: > 0 } ? roi[axes.Length + i] : 1,
            };
            double[] matrix = resize.Matrix();
            if (from == to)
            {
                if (IsIdentity(matrix, length)) continue;
                RefuseIfCopied(n, axis);
            }
            dx = AxisProduct.Apply(n, dx, axis, rank, matrix, to.Fixed, length);
        }
        return [dx];
    }

    /// <summary>The scale of each axis: given, or the ratio of the lengths, or the one ratio of all where the aspect is kept.</summary>
    static float[] Scales(GradientContext n, int[] axes)
    {
        if (Numbers(n, 2) is { Length: > 0 } given) return given;
        string policy = n.Text("keep_aspect_ratio_policy") ?? "stretch";
        long[] sizes = policy == "stretch" ? [] : n.ConstantLongs(3);
        float[] ratios = [.. axes.Select((axis, i) =>
        {
            Dimension from = n.Shape(0)[axis], to = n.OutputShape[axis];
            if (from == to && !from.IsFixed && policy == "stretch") return 1;
            return (policy == "stretch" ? to.Fixed : sizes[i]) / (float)n.FixedLength(0, axis);
        })];
        return policy switch
        {
            "not_larger" => [.. axes.Select(_ => ratios.Min())],
            "not_smaller" => [.. axes.Select(_ => ratios.Max())],
            _ => ratios,
        };
    }

    static bool IsIdentity(double[] matrix, long length) =>
        !matrix.Where((weight, i) => weight != (i / length == i % length ? 1 : 0)).Any();

    /// <summary>
    /// By its definition the operator crops, stretches or shifts an axis that keeps its length too; ONNX Runtime 1.31 copies it in these
    /// cases.
    /// </summary>
    static void RefuseIfCopied(GradientContext n, int axis)
    {
        bool moves = n.Text("coordinate_transformation_mode") is "tf_crop_and_resize" or "tf_half_pixel_for_nn",
            antialias = n.Int("antialias", 0) != 0;
        if (moves || antialias || n.OutputShape.SequenceEqual(n.Shape(0)))
            throw n.Refuse(
                $"axis {axis} keeps its length {n.OutputShape[axis]} but not its elements",
                "an axis of another length, or one that stays as it is");
    }

    static float[]? Numbers(GradientContext n, int i) =>
        n.Has(i) ? n.Ops.Constant(n.Input(i))?.ToFloats() ?? throw n.Refuse($"input {i} is computed at run time", "a constant") : null;
}
