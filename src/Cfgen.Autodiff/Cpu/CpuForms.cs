using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// All forms that gradients take for ONNX Runtime's CPU kernels alone, in the order in which they are asked. Each has won 5 % or more of
/// the time of some network (<c>Cfgen.Benchmarks forms</c> measures each alone); one that does not any more goes.
/// </summary>
sealed class CpuForms
{
    static readonly (string Name, Func<DifferentiatedGraph, CpuForm> Make)[] s_all =
    [
        ("folded normalization", graph => new NormalizationFolding(graph)),
        ("Gelu at once", graph => new GeluPattern(graph)),
        ("Swish at once", graph => new SwishPattern(graph)),
        ("rectified maximum", graph => new RectifiedMaximum(graph)),
        ("maximum by position", graph => new MaxPoolByPosition(graph)),
        ("rectifier slope", graph => new RectifierSlope(graph)),
        ("ReLU6 slope", graph => new Relu6Slope(graph)),
        ("clipped rectifier", graph => new ClippedRectifier(graph)),
        ("flipped kernel", graph => new FlippedKernel(graph)),
        ("zero insertion", graph => new ZeroInsertion(graph)),
        ("polyphase transpose", graph => new PolyphaseTranspose(graph)),
        ("divided convolution", graph => new DividedConvolution(graph)),
        ("requantization", graph => new Requantization(graph)),
        ("declared shapes", graph => new ShapeDeclarations(graph)),
    ];

    readonly CpuForm[] _forms;

    /// <param name="graph">The graph that is differentiated.</param>
    public CpuForms(DifferentiatedGraph graph) =>
        _forms = [.. s_all.Where(form => !graph.Request.WithoutForms.Contains(form.Name)).Select(form => form.Make(graph))];

    /// <summary>What each is called.</summary>
    public static IEnumerable<string> Names => s_all.Select(form => form.Name);

    /// <summary>Lets each rewrite the forward graph.</summary>
    public void Prepare() => Array.ForEach(_forms, form => form.Prepare());

    /// <summary>Lets each rewrite the finished graph.</summary>
    public void Finish() => Array.ForEach(_forms, form => form.Finish());

    /// <summary>The input of the function that ends with a node, and its gradient; null where no form knows the function.</summary>
    public (string Input, string Gradient)? OfFunction(NodeProto last, string gradient) =>
        _forms.Select(form => form.OfFunction(last, gradient)).FirstOrDefault(found => found is not null);

    /// <summary>dL/dx_i of the first form that serves; null where none does.</summary>
    public string? OfInput(GradientContext n, int i, GradientRule rule) => From(0, n, i, rule);

    string? From(int first, GradientContext n, int i, GradientRule rule)
    {
        for (int f = first; f < _forms.Length; f++)
        {
            int behind = f + 1;
            string? OfRule(GradientContext other) => rule(other.NeededWhere(j => j == i)).ElementAtOrDefault(i);
            string? Next(GradientContext other) => From(behind, other, i, rule) ?? OfRule(other);
            if (_forms[f].OfInput(n, i, Next) is { } gradient) return gradient;
        }
        return null;
    }
}
