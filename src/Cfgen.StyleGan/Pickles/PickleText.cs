namespace Cfgen.StyleGan.Pickles;

/// <summary>A str, or a Python 2 str: its bytes as the characters 0 to 255.</summary>
public sealed class PickleText(string value) : PickleValue
{
    /// <summary>The value.</summary>
    public string Value { get; } = value;

    /// <inheritdoc/>
    public override string ToString() => $"the text '{Shown(Value)}'";
}
