using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>One use of an operator whose gradient is compared with central differences.</summary>
/// <param name="OpType">The operator.</param>
/// <param name="About">What is special about this use: with the operator the name of the case.</param>
/// <param name="Inputs">Its inputs in order.</param>
sealed record GradientCase(string OpType, string About, params Operand[] Inputs)
{
    /// <summary>The oldest opset of the table, the usual one of exporters, and the newest of the table.</summary>
    public static readonly int[] AllOpsets = [13, 21, GradientGraph.NewestOpset];

    /// <summary>Attributes of the node.</summary>
    public AttributeProto[] Attributes { get; init; } = [];

    /// <summary>The opsets in which it is checked: those where it is written this way and the runtime has a kernel.</summary>
    public int[] Opsets { get; init; } = AllOpsets;

    /// <summary>Type of its reals: double where the runtime has such a kernel.</summary>
    public DataType Type { get; init; } = DataType.Double;

    /// <summary>
    /// Half the distance of the differences. What runs in float32 alone is linear, or linear near the numbers given,
    /// and a large step is then exact up to rounding.
    /// </summary>
    public double Step { get; init; } = 1e-5;

    /// <summary>Largest error, relative to the largest element of the gradient.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>Whether axis 0 of the graph's inputs is declared as free, and so differentiated without knowing its length.</summary>
    public bool FreeBatch { get; init; }

    /// <summary>Number of outputs of the node.</summary>
    public int Outputs { get; init; } = 1;

    /// <summary>What makes the node's first input of x0, such as integers; null where the node reads x0 itself.</summary>
    public Func<GraphWriter, string, string>? Before { get; init; }

    /// <summary>What makes y of the node's outputs; null where the node makes y itself.</summary>
    public Func<GraphWriter, string[], string>? After { get; init; }

    /// <summary>The case in float32, for an operator that is linear within <paramref name="step"/> of the numbers given.</summary>
    public GradientCase InFloat(double step = 1) => this with { Type = DataType.Float, Step = step, Tolerance = 1e-4 };

    /// <summary>The case with these attributes.</summary>
    public GradientCase With(params AttributeProto[] attributes) => this with { Attributes = attributes };

    /// <summary>The case with a free batch.</summary>
    public GradientCase Free() => this with { About = $"{About}, free batch", FreeBatch = true };

    /// <summary>The case in these opsets alone.</summary>
    public GradientCase In(params int[] opsets) => this with { Opsets = opsets };

    /// <summary>The case from <paramref name="opset"/> on.</summary>
    public GradientCase Since(int opset) => In([opset, .. AllOpsets.Where(o => o > opset)]);

    /// <inheritdoc/>
    public override string ToString() => $"{OpType}: {About}";
}
