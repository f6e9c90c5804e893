using Cfgen.Autodiff.Rules;
using Cfgen.Autodiff.Rules.Support;
using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// The transposed convolution of pictures whose columns the gradient of a maximum has put side by side, by turns (<see
/// cref="MaxAlongAxis"/>): it takes them apart again, each phase is carried back alone, with a stride so many times as long.
/// </summary>
sealed class PolyphaseTranspose(DifferentiatedGraph graph) : CpuForm(graph)
{
    const int Width = 3;

    /// <inheritdoc/>
    public override string? OfInput(GradientContext n, int i, Func<GradientContext, string?> next) =>
        i == 0 && n.Node.OpType == "Conv" && Phases(n.Ops, n.OutputGradient) is { } phases
            ? Transposed(n, ConvGradient.Window(n), phases)
            : null;

    /// <summary>The pictures that a value was made of; null where it was not made so.</summary>
    static string[]? Phases(GraphWriter ops, string value)
    {
        if (ops.Written(value) is not { OpType: "Reshape" } whole || ops.Written(whole.Input[0]) is not { OpType: "Concat" } concat
            || concat.Find("axis")?.I != Width + 1) return null;
        NodeProto?[] parts = [.. concat.Input.Select(ops.Written)];
        return parts.All(p => p is { OpType: "Reshape" } && ops.Constant(p.Input[1])?.ToLongs() is [_, _, _, _, 1])
            ? [.. parts.Select(p => p!.Input[0])]
            : null;
    }

    /// <summary>null where a window would begin in front of its columns.</summary>
    static string? Transposed(GradientContext n, WindowGeometry window, string[] phases)
    {
        if (window.Kernel.Length != 2 || window.Output[1] % phases.Length != 0
            || window.Begin[1] < (phases.Length - 1) * window.Strides[1]) return null;
        return n.Ops.Sum([.. phases.Select((phase, i) => OfPhase(i).Transpose(n, phase, n.Input(1), n.Int("group", 1)))]);

        WindowGeometry OfPhase(int i) => window with
        {
            Output = [window.Output[0], window.Output[1] / phases.Length],
            Strides = [window.Strides[0], window.Strides[1] * phases.Length],
            Begin = [window.Begin[0], window.Begin[1] - i * window.Strides[1]],
        };
    }
}
