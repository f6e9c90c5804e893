using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// The slope of a Relu or LeakyRelu, 1 or less, as y times a huge number, limited: exact but for denormal y, and a third of the price of a
/// comparison and a choice. That of a Relu is one node in any layout.
/// </summary>
sealed class RectifierSlope(DifferentiatedGraph graph) : CpuForm(graph)
{
    /// <summary>Its product with any number that is not denormal is at least 1 in magnitude.</summary>
    public const float Steep = float.MaxValue;

    /// <inheritdoc/>
    public override string? OfInput(GradientContext n, int i, Func<GradientContext, string?> next) => n.Node.OpType switch
    {
        "Relu" => Rectified(n),
        "LeakyRelu" when n.Float("alpha", absent: 0.01f) is >= 0 and <= 1 and double alpha => Leaky(n, alpha),
        _ => null,
    };

    /// <summary>dy where y > 0, else 0; null in double precision, for which the runtime has no such kernel.</summary>
    public static string? Rectified(GradientContext n) =>
        n.ElementType(n.Output) is DataType.Float ? n.Ops.Mul(n.OutputGradient, n.Ops.HardSigmoid(n.Output, Steep, 0)) : null;

    // The output has the input's sign: what is before the rectifier need not be kept, and a convolution there may take the rectifier in.
    static string Leaky(GradientContext n, double alpha) =>
        n.Ops.Mul(n.OutputGradient, n.Ops.Clip(n.Ops.Mul(n.Output, n.Ops.Scalar(Steep)), alpha, 1));
}
