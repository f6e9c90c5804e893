using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Rules;

/// <summary>Pictures whose columns were put side by side, by turns, by the gradient of a maximum. A transposed convolution takes them apart again: each carries its columns back alone, with a stride so many times as long.</summary>
static class Interleaved
{
    const int Width = 3;

    /// <summary>The pictures that a value was made of; null where it was not made so.</summary>
    static string[]? Parts(GraphWriter ops, string value)
    {
        if (ops.Written(value) is not { OpType: "Reshape" } whole || ops.Written(whole.Input[0]) is not { OpType: "Concat" } concat || concat.Attribute.Single(a => a.Name == "axis").I != Width + 1) return null;
        NodeProto?[] parts = [.. concat.Input.Select(ops.Written)];
        return parts.All(p => p is { OpType: "Reshape" } && ops.Constant(p.Input[1])?.ToLongs() is [_, _, _, _, 1]) ? [.. parts.Select(p => p!.Input[0])] : null;
    }

    /// <summary>What <see cref="WindowGeometry.Transpose"/> makes of the value, part by part; null where it is none of these, or a window would begin in front of its columns.</summary>
    public static string? Transpose(GradientContext n, WindowGeometry window, string value, string weights, long group)
    {
        if (window.Kernel.Length != 2 || Parts(n.Ops, value) is not { } parts || window.Output[1] % parts.Length != 0 || window.Begin[1] < (parts.Length - 1) * window.Strides[1]) return null;
        return n.Ops.Sum([.. parts.Select((part, i) => OfPart(i).Transpose(n, part, weights, group))]);

        WindowGeometry OfPart(int i) => window with
        {
            Output = [window.Output[0], window.Output[1] / parts.Length],
            Strides = [window.Strides[0], window.Strides[1] * parts.Length],
            Begin = [window.Begin[0], window.Begin[1] - i * window.Strides[1]],
        };
    }
}
