using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// Whether ONNX Runtime on a CPU holds a picture in its blocked layout, the channels in groups of 8 or 16 side by side, and a product that
/// leaves it there. An operator that does not costs two changes of layout, which in small networks is more than the convolutions beside it.
/// Large pictures are left to operators that can write over what they read.
/// </summary>
static class BlockedLayout
{
    /// <summary>
    /// Channels in the longer of the runtime's two blocks. Depthwise convolutions of other numbers of channels than its multiples leave the
    /// layout.
    /// </summary>
    public const long Block = 16;
    const int ImageRank = 4;

    /// <summary>Whether a value is a picture that comes out of convolutions.</summary>
    public static bool Holds(GradientContext n, string value) => IsImage(n, value)
        && Ancestry.Settles(n.Index, value, node => node.OpType switch
    {
        "Conv" => [],
        "BatchNormalization" or "Relu" or "LeakyRelu" or "Clip" or "MaxPool" or "AveragePool" => [node.Input[0]],
        "Add" => node.Input,
        "Concat" => node.Input.All(input => IsImage(n, input)) ? node.Input : null,
        _ => null,
    });

    static bool IsImage(GradientContext n, string value) =>
        n.ElementType(value) is DataType.Float && n.ShapeOf(value) is { Count: ImageRank } shape && shape[1].IsFixed
            && shape[1].Fixed % Block == 0 && !LargeImages.IsLarge(shape);

    /// <summary>
    /// factor * x: a depthwise convolution of one element, into which the runtime takes a sum and an activation behind it.
    /// </summary>
    /// <param name="ops">The graph.</param>
    /// <param name="x">A value in the blocked layout, [N, channels, height, width].</param>
    /// <param name="channels">Its number of channels.</param>
    /// <param name="factor">Of every element.</param>
    public static string Times(GraphWriter ops, string x, long channels, double factor) =>
        ops.Conv(x, ops.Real([.. Enumerable.Repeat(factor, (int)channels)], channels, 1, 1, 1), [1, 1], [0, 0, 0, 0], [1, 1], channels);
}
