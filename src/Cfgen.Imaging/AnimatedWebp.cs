using NetVips;

namespace Cfgen.Imaging;

/// <summary>Writes a path through latent space as an endless animation: WebP, lossless, in full colour, unlike GIF.</summary>
public static class AnimatedWebp
{
    /// <summary>Smaller side of an animation, in pixels: a canvas of 32 x 32 would be a stamp on today's screens.</summary>
    public const int MinSide = 128;

    /// <summary>Effort of the lossless encoder, 0 to 6.</summary>
    const int Effort = 4;

    /// <summary>
    /// Writes <paramref name="frames"/> with their mark as XMP, each pixel enlarged to a square where the frames are small.
    /// </summary>
    /// <param name="frames">At least one; all of one size.</param>
    /// <param name="path">The file.</param>
    /// <param name="mark">What the file says about itself.</param>
    /// <param name="millisecondsPerFrame">How long a frame is shown.</param>
    /// <param name="lastFrameMilliseconds">
    /// How long the last frame is shown, before the animation starts again: time to look at the result.
    /// </param>
    /// <exception cref="ArgumentException">There are no frames, or their sizes differ, or a time is not positive.</exception>
    /// <exception cref="IOException">The file cannot be encoded (a side of a WebP picture has at most 16383 pixels) or written.</exception>
    public static void Write(
        IReadOnlyList<PixelImage> frames, string path, ImageMark mark, int millisecondsPerFrame = 100, int lastFrameMilliseconds = 1500)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(millisecondsPerFrame);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lastFrameMilliseconds);
        if (frames.Count == 0) throw new ArgumentException("An animation has at least one frame.", nameof(frames));
        PixelImage first = frames[0];
        if (frames.Any(f => (f.Width, f.Height, f.Channels) != (first.Width, first.Height, first.Channels)))
            throw new ArgumentException("The frames of an animation have one size.", nameof(frames));

        int factor = Enlargement.Factor(first, MinSide);
        int[] delays = new int[frames.Count];
        Array.Fill(delays, millisecondsPerFrame);
        delays[^1] = lastFrameMilliseconds;
        OutputFile.Write(path, Encode(frames, factor, delays, XmpPacket.Of(mark)));
    }

    static byte[] Encode(IReadOnlyList<PixelImage> frames, int factor, int[] delays, byte[] xmp)
    {
        Image[] pictures = new Image[frames.Count];
        try
        {
            for (int i = 0; i < pictures.Length; i++) pictures[i] = Libvips.Open(frames[i]);
            // libvips takes an animation as one tall picture, and computes it row by row while it is written.
            using Image reel = Image.Arrayjoin(pictures, across: 1);
            using Image enlarged = reel.Zoom(factor, factor);
            using Image animation = enlarged.Mutate(metadata =>
            {
                metadata.Set(GValue.GIntType, "page-height", frames[0].Height * factor);
                metadata.Set(GValue.ArrayIntType, "delay", delays);
                metadata.Set(GValue.GIntType, "loop", 0);
                metadata.Set(GValue.BlobType, "xmp-data", xmp);
            });
            return animation.WebpsaveBuffer(lossless: true, effort: Effort, keep: Enums.ForeignKeep.Xmp);
        }
        catch (VipsException e)
        {
            throw new IOException($"The frames cannot be encoded as WebP: {Libvips.Reason(e)}", e);
        }
        finally
        {
            foreach (Image? picture in pictures) picture?.Dispose();
        }
    }
}
