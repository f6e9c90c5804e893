namespace Cfgen.StyleGan.Pickles;

/// <summary>None.</summary>
public sealed class PickleNone : PickleValue
{
    /// <inheritdoc/>
    public override string ToString() => "None";
}
