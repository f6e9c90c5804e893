using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// The slope of a Relu, 1 or 0, as y times a huge number, limited to [0, 1]: exact but for denormal y, one node in any layout, and a third
/// of the price of a comparison and a choice.
/// </summary>
sealed class RectifierSlope(DifferentiatedGraph graph) : CpuForm(graph)
{
    /// <summary>Larger than 1 over any y that is not denormal.</summary>
    public const float Steep = float.MaxValue;

    /// <inheritdoc/>
    public override string? OfInput(GradientContext n, int i, Func<GradientContext, string?> next) =>
        n.Node.OpType == "Relu" ? Rectified(n) : null;

    /// <summary>dy where y > 0, else 0; null in double precision, for which the runtime has no such kernel.</summary>
    public static string? Rectified(GradientContext n) =>
        n.ElementType(n.Output) is DataType.Float ? n.Ops.Mul(n.OutputGradient, n.Ops.HardSigmoid(n.Output, Steep, 0)) : null;
}
