namespace Cfgen.Imaging;

/// <summary>The picture that a network expects, and how a picture of another size becomes one.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">1 for gray, 3 for sRGB.</param>
public sealed record Canvas(int Width, int Height, int Channels)
{
    /// <summary>
    /// Width of the box in the middle of the canvas that a fitted picture fills; the rest is a margin. The canvas' width when not set.
    /// </summary>
    public int ContentWidth { get; init; } = Width;

    /// <summary>
    /// Height of the box in the middle of the canvas that a fitted picture fills; the rest is a margin. The canvas' height when not set.
    /// </summary>
    public int ContentHeight { get; init; } = Height;

    /// <summary>
    /// What to do with a picture of another size. <see cref="ImageFit.Pad"/> when not set: it loses nothing and distorts nothing.
    /// </summary>
    public ImageFit Fit { get; init; } = ImageFit.Pad;

    /// <summary>Gray level of the margin, 0 (black, when not set) to 255 (white), the same in every channel.</summary>
    public byte Background { get; init; }
}
