using Cfgen.Autodiff.Rules;
using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// y = x (1 + erf k x) / 2, as exporters write Gelu in single operators; k is 1/√2. The runtime fuses them, as long as nothing else reads
/// what is between, which the chain rule would: so the whole has one derivative, from a k x of its own.
/// </summary>
sealed class GeluPattern(DifferentiatedGraph graph) : ActivationPattern(graph)
{
    /// <inheritdoc/>
    public override (string Input, string Gradient)? OfFunction(NodeProto last, string gradient)
    {
        if (last.OpType != "Mul" || Factors(last) is not { Count: 3 } factors
            || factors.FindIndex(f => Scalar(f) == 0.5) is not (>= 0 and int half)) return null;
        factors.RemoveAt(half);
        return Gradient(last, gradient, factors[0], factors[1]) ?? Gradient(last, gradient, factors[1], factors[0]);
    }

    /// <summary>The same where the factors besides a half are x and 1 + erf k x.</summary>
    (string Input, string Gradient)? Gradient(NodeProto last, string gradient, string x, string sum)
    {
        if (Hidden(sum, "Add") is not { Input: [string a, string b] }
            || (Scalar(b) == 1 ? a : Scalar(a) == 1 ? b : null) is not { } erf) return null;
        if (Hidden(erf, "Erf") is not { } function || Scaled(function.Input[0], x) is not { } u) return null;
        return AreAlike(x, last.Output[0]) ? (x, Ops.Mul(gradient, GeluGradient.ExactSlope(Ops, u))) : null;
    }

    /// <summary>Three factors, whichever two are multiplied first; fewer or more where it is another product.</summary>
    List<string> Factors(NodeProto last) =>
        [.. last.Input.SelectMany(factor => Hidden(factor, "Mul") is { } product ? product.Input : (IEnumerable<string>)[factor])];

    /// <summary>
    /// k x, written another way than in the model, lest the runtime take the two for one and do without the fusion; null where the value is
    /// something else.
    /// </summary>
    string? Scaled(string value, string x) => (Hidden(value, "Div") ?? Hidden(value, "Mul")) switch
    {
        { OpType: "Div", Input: [string a, string b] } when a == x && Scalar(b) is { } divisor => Ops.Mul(x, Ops.Scalar(1 / divisor)),
        { OpType: "Mul", Input: [string a, string b] } when a == x && Scalar(b) is { } k => Ops.Mul(Ops.Scalar(k), x),
        { OpType: "Mul", Input: [string a, string b] } when b == x && Scalar(a) is { } k => Ops.Mul(x, Ops.Scalar(k)),
        _ => null,
    };
}
