using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// A form of gradients that ONNX Runtime runs faster on a CPU than the textbook's, which the rules write. It says what it serves; all else
/// is left to the forms behind it, and at last to the rules.
/// </summary>
/// <param name="graph">The graph that is differentiated.</param>
abstract class CpuForm(DifferentiatedGraph graph)
{
    /// <summary>The graph that is differentiated.</summary>
    protected DifferentiatedGraph Graph { get; } = graph;

    /// <summary>Rewrites the forward graph before it is differentiated.</summary>
    public virtual void Prepare() { }

    /// <summary>Carries a gradient past all nodes of a function at once.</summary>
    /// <param name="last">The node that makes y, perhaps.</param>
    /// <param name="gradient">dL/dy.</param>
    /// <returns>The function's input and its gradient; null where the node is no such function's last.</returns>
    public virtual (string Input, string Gradient)? OfFunction(NodeProto last, string gradient) => null;

    /// <summary>dL/dx_i of a node, in the shape that the rule returns; null where the form does not serve.</summary>
    /// <param name="n">The node.</param>
    /// <param name="i">An input whose gradient is needed.</param>
    /// <param name="next">What the forms behind this one, and at last the rule, make of a node for the same input.</param>
    public virtual string? OfInput(GradientContext n, int i, Func<GradientContext, string?> next) => null;

    /// <summary>Rewrites the finished graph.</summary>
    public virtual void Finish() { }
}
