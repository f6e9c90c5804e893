using System.Globalization;

namespace Cfgen.Autodiff;

/// <summary>One axis of a tensor as a function of the free batch size N: <c>PerRow * N + Fixed</c>.</summary>
/// <param name="PerRow">Elements for each row of the batch; 0 where the axis does not depend on the batch.</param>
/// <param name="Fixed">Elements whatever the batch.</param>
public readonly record struct Dimension(long PerRow, long Fixed)
{
    /// <summary>Whether the length is known before a batch is.</summary>
    public bool IsFixed => PerRow == 0;

    /// <summary>Whether the axis has length 1 whatever the batch, and so is repeated where another length is asked for.</summary>
    public bool IsOne => PerRow == 0 && Fixed == 1;

    /// <summary>An axis of a length that does not depend on the batch.</summary>
    public static implicit operator Dimension(long length) => new(0, length);

    /// <summary>The line through two observed lengths.</summary>
    /// <param name="n1">A batch size.</param>
    /// <param name="length1">The axis' length at <paramref name="n1"/>.</param>
    /// <param name="n2">Another batch size.</param>
    /// <param name="length2">The axis' length at <paramref name="n2"/>.</param>
    public static Dimension Through(long n1, long length1, long n2, long length2)
    {
        long perRow = (length2 - length1) / (n2 - n1);
        return new(perRow, length1 - perRow * n1);
    }

    /// <inheritdoc/>
    public override string ToString() => this switch
    {
        { IsFixed: true } => Fixed.ToString(CultureInfo.InvariantCulture),
        { PerRow: 1, Fixed: 0 } => "N",
        { Fixed: 0 } => string.Create(CultureInfo.InvariantCulture, $"{PerRow}N"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{PerRow}N{Fixed:+0;-0}"),
    };
}
