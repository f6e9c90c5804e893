namespace Cfgen.StyleGan.Pickles;

/// <summary>A float, which in Python has double precision.</summary>
public sealed class PickleFloat(double value) : PickleValue
{
    /// <summary>The value.</summary>
    public double Value { get; } = value;

    /// <inheritdoc/>
    public override string ToString() => $"the number {Value:R}";
}
