using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Rules.Support;

/// <summary>What quantising and dequantising share: scales for each entry of an axis, and the integers of a type.</summary>
static class QuantizationAxis
{
    /// <summary>A scale or zero point, one or one for each entry of the axis, in a shape that broadcasts against x.</summary>
    public static string Broadcast(GradientContext n, string parameter)
    {
        if (n.Int("block_size", 0) != 0) throw n.Refuse("blocked quantisation", "one scale, or one for each entry of an axis");
        int rank = n.Shape(0).Count;
        if (n.Shape(1).Count == 0 || n.Shape(1) is [{ IsOne: true }] && rank <= 1) return parameter;
        int axis = n.Axis(absent: 1, rank);
        return n.Ops.Unsqueeze(parameter, [.. Enumerable.Range(1, Math.Max(0, rank - axis - 1)).Select(a => (long)a)]);
    }

    /// <summary>Smallest and largest integer of a type.</summary>
    public static (double Low, double High) Range(GradientContext n, DataType type) => type switch
    {
        DataType.Uint8 => (byte.MinValue, byte.MaxValue),
        DataType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        DataType.Uint16 => (ushort.MinValue, ushort.MaxValue),
        DataType.Int16 => (short.MinValue, short.MaxValue),
        _ => throw n.Refuse($"quantised type {type}", "8 or 16 bits"),
    };
}
