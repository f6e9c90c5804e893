namespace Cfgen.Descriptors;

/// <summary>Which side of the threshold is the thing that is measured.</summary>
public enum Foreground
{
    /// <summary>Bright strokes on a dark ground, such as MNIST.</summary>
    Bright,

    /// <summary>Dark strokes on a bright ground, such as ink on paper.</summary>
    Dark,
}
