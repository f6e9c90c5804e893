namespace Cfgen.Imaging;

/// <summary>What happens to a picture that has not the size of the canvas.</summary>
public enum ImageFit
{
    /// <summary>Scaled to lie whole inside the content box, its aspect ratio kept, and centred on the background.</summary>
    Pad,

    /// <summary>Scaled to cover the content box, its aspect ratio kept; what juts out is cut off on both sides alike.</summary>
    Crop,

    /// <summary>Scaled to the content box, whatever becomes of the aspect ratio.</summary>
    Resize,

    /// <summary>Not accepted.</summary>
    Refuse,
}
