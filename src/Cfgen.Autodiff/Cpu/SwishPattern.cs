using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// y = x s with s = sigmoid(alpha x), as exporters write Swish (SiLU) and the quick form of Gelu: dx = dy (s + alpha y (1 - s)), of values
/// that the forward pass has; the rules of the product and of the sigmoid would take twice as many. All of them stay in the runtime's
/// blocked layout.
/// </summary>
sealed class SwishPattern(DifferentiatedGraph graph) : ActivationPattern(graph)
{
    /// <inheritdoc/>
    public override (string Input, string Gradient)? OfFunction(NodeProto last, string gradient)
    {
        if (last is not { OpType: "Mul", Input: [string a, string b] }) return null;
        return Gradient(last, gradient, a, b) ?? Gradient(last, gradient, b, a);
    }

    (string Input, string Gradient)? Gradient(NodeProto last, string gradient, string x, string s)
    {
        if (Hidden(s, "Sigmoid") is not { } sigmoid || Steepness(sigmoid.Input[0], x) is not { } alpha) return null;
        string y = last.Output[0], rest = Ops.Sub(Ops.Scalar(1), s); // 1 - s
        if (!AreAlike(x, y)) return null;
        return (x, Ops.Mul(gradient, Ops.Add(s, Ops.Mul(y, alpha == 1 ? rest : Ops.Mul(rest, Ops.Scalar(alpha))))));
    }

    /// <summary>alpha of a value alpha x; null where it is something else.</summary>
    double? Steepness(string value, string x)
    {
        if (value == x) return 1;
        if (Hidden(value, "Mul") is not { Input: [string a, string b] }) return null;
        return a == x ? Scalar(b) : b == x ? Scalar(a) : null;
    }
}
