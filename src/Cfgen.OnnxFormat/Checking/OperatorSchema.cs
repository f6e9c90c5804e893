namespace Cfgen.OnnxFormat.Checking;

/// <summary>What an operator asks of a node, from one opset on.</summary>
/// <param name="Since">The first opset that it holds for.</param>
/// <param name="Inputs">In order; the last may stand for any number.</param>
/// <param name="Outputs">In order; the last may stand for any number.</param>
/// <param name="Attributes">Those that are checked.</param>
sealed record OperatorSchema(int Since, PortSchema[] Inputs, PortSchema[] Outputs, AttributeSchema[] Attributes)
{
    /// <summary>What is asked of input <paramref name="i"/>; null where there is none.</summary>
    public PortSchema? Input(int i) =>
        i < Inputs.Length ? Inputs[i] : Inputs is [.., { Repeats: true } last] ? last with { IsRequired = false } : null;

    /// <summary>How many of <paramref name="ports"/> there may be: up to the last that has to be there, or as many as there are.</summary>
    public static NumberRange Count(PortSchema[] ports)
    {
        int least = Array.FindLastIndex(ports, p => p.IsRequired) + 1;
        return new(least, ports is [.., { Repeats: true }] ? int.MaxValue : ports.Length);
    }
}
