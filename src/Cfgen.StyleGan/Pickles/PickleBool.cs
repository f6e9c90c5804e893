namespace Cfgen.StyleGan.Pickles;

/// <summary>True or False.</summary>
public sealed class PickleBool(bool value) : PickleValue
{
    /// <summary>The value.</summary>
    public bool Value { get; } = value;

    /// <inheritdoc/>
    public override string ToString() => Value ? "True" : "False";
}
