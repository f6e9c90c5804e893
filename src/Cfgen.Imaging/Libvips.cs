using NetVips;

namespace Cfgen.Imaging;

/// <summary>The one door to libvips: set up for pictures from strangers before the first use.</summary>
static class Libvips
{
    /// <summary>
    /// The only decoders that may run; libvips' names for them. Everything else that it could read (SVG, PDF, GIF, HEIF, raw, ...) is more
    /// code to attack.
    /// </summary>
    static readonly string[] s_decoders = ["VipsForeignLoadPng", "VipsForeignLoadJpeg", "VipsForeignLoadWebp", "VipsForeignLoadTiff"];

    // The native side keeps no reference: collected, it would be called after its death.
    static readonly Log.LogDelegate s_silence = (_, _, _) => { };

    static readonly Lazy<bool> s_started = new(Start);

    /// <summary>A picture of <paramref name="bytes"/>; only its header has been read.</summary>
    /// <exception cref="VipsException">None of the four decoders knows the first bytes, or the header is damaged.</exception>
    public static Image Open(byte[] bytes)
    {
        _ = s_started.Value;
        return Image.NewFromBuffer(bytes, failOn: Enums.FailOn.Error);
    }

    /// <summary>A picture whose bytes are read from a file as they are needed; only its header has been read.</summary>
    /// <exception cref="VipsException">As for bytes.</exception>
    public static Image Open(Stream stream)
    {
        _ = s_started.Value;
        return Image.NewFromStream(stream, failOn: Enums.FailOn.Error);
    }

    /// <summary>A libvips picture over the same memory, marked as gray or sRGB.</summary>
    public static Image Open(PixelImage image)
    {
        _ = s_started.Value;
        return Image.NewFromMemory(image.Samples, image.Width, image.Height, image.Channels, Enums.BandFormat.Uchar);
    }

    /// <summary>libvips' own words for what went wrong, on one line.</summary>
    public static string Reason(VipsException exception) =>
        string.Join(
            "; ", exception.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1).Distinct());

    static bool Start()
    {
        if (!ModuleInitializer.VipsInitialized)
        {
            throw new InputException(
                new Problem("image-library-missing", "libvips, which reads and writes pictures, cannot be loaded on this machine")
                {
                    Found = ModuleInitializer.Exception?.Message,
                    Expected =
                        "the native library that comes with the program (Linux with glibc on x64 or arm64, Windows on x64, macOS on arm64)",
                    Fix = "unpack the whole program again, or install libvips 8.18",
                },
                ModuleInitializer.Exception);
        }
        Operation.Block("VipsForeignLoad", true);
        foreach (string decoder in s_decoders) Operation.Block(decoder, false);
        NetVips.NetVips.BlockUntrusted = true;
        // What libvips warns of comes as an exception too; its own lines on stderr would mix with ours.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, s_silence);
        // Nothing is computed twice here, so remembered results would only hold memory.
        Cache.Max = 0;
        // Decoders and encoders work in one thread anyway, and starting more for a small picture costs more than they save.
        NetVips.NetVips.Concurrency = 1;
        return true;
    }
}
