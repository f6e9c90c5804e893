namespace Cfgen.Explanations;

/// <summary>How the code of an image was found.</summary>
public enum StartMethod
{
    /// <summary>By the encoder alone.</summary>
    Encoder,

    /// <summary>By the encoder, and then by descent.</summary>
    EncoderRefined,

    /// <summary>By descent from starts that know nothing of the image.</summary>
    Projection,
}
