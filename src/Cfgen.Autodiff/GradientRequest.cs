namespace Cfgen.Autodiff;

/// <summary>What to differentiate with respect to what.</summary>
/// <param name="Output">The value y to differentiate.</param>
public sealed record GradientRequest(string Output)
{
    /// <summary>For each input x, the name that the gradient gets as an output of the graph.</summary>
    public required IReadOnlyDictionary<string, string> Gradients { get; init; }

    /// <summary>
    /// Name of a new input with y's shape that y's gradient starts from: the result is then the vector-Jacobian product.
    /// Null starts from ones: the gradient of the sum of y, which is each row's own gradient where the rows of a batch are independent.
    /// </summary>
    public string? Cotangent { get; init; }

    /// <summary>What the graph is written for.</summary>
    public GradientTarget Target { get; init; }

    /// <summary>Those of <see cref="GradientGraph.CpuFormNames"/> to do without, to measure what each is worth.</summary>
    public IReadOnlyCollection<string> WithoutForms { get; init; } = [];
}
