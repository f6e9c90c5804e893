using System.Text.Json;
using Cfgen.Inference.Bundles;

namespace Cfgen.Inference.Processors;

/// <summary>A Hugging Face image processor: resize, centre crop, rescale, normalise, flip the channels.</summary>
static class HuggingFaceProcessor
{
    /// <summary>ConvNeXT's processor crops only below this edge; from it on the picture is stretched.</summary>
    const int ConvNextWarpEdge = 384;

    public static bool Recognises(JsonElement root) =>
        root.TryGetProperty("image_processor_type", out _) || root.TryGetProperty("feature_extractor_type", out _)
            || root.TryGetProperty("do_normalize", out _) || root.TryGetProperty("do_resize", out _);

    public static PreprocessingSpec Read(ProcessorKeys keys, ImageSpec image)
    {
        keys.AllowOnly(
            "image_processor_type", "feature_extractor_type", "processor_class", "do_resize", "size", "resample", "do_center_crop",
            "crop_size", "crop_pct", "do_rescale", "rescale_factor",
            "do_normalize", "image_mean", "image_std", "do_flip_channel_order", "do_convert_rgb", "data_format", "input_data_format",
            "return_tensors", "device", "use_fast", "default_to_square");
        (ResizeSpec? resize, PixelBox? cut) = Geometry(keys, image);
        double factor = keys.Flag("do_rescale", absent: true) ? keys.Number("rescale_factor", absent: 1 / 255.0) : 1;
        bool normalises = keys.Flag("do_normalize", absent: false);
        float[]? mean = normalises ? keys.Numbers("image_mean") : null;
        return new()
        {
            Resize = resize,
            Cut = cut,
            Channels = mean is [_] ? null : 3, // one mean is that of gray pictures
            Order = keys.Flag("do_flip_channel_order", absent: false) ? ChannelOrder.Bgr : ChannelOrder.Rgb,
            Range = [0, (float)(255 * factor)],
            Mean = mean,
            Std = normalises ? keys.Numbers("image_std") : null,
        };
    }

    static (ResizeSpec? Resize, PixelBox? Cut) Geometry(ProcessorKeys keys, ImageSpec image)
    {
        ResizeSpec whole = new() { Width = image.Width, Height = image.Height };
        ResizeSpec? resize = keys.Flag("do_resize", absent: true) && keys.Size("size") is { } size ? Resize(keys, image, size) : null;
        if (keys.Has("crop_pct") && resize is not null && keys.Size("size") is { Width: 0 } edge) return ConvNext(keys, image, edge.Height);
        if (!keys.Flag("do_center_crop", absent: false)) return (resize, null);
        (int height, int width) = keys.Size("crop_size") ?? throw keys.Refuse("crop_size", "nothing", "a size for do_center_crop");
        return (resize, ResizeAndCrop.Centre(keys, resize ?? whole, height, width == 0 ? height : width, ResizeAndCrop.RoundDown));
    }

    static ResizeSpec Resize(ProcessorKeys keys, ImageSpec image, (int Height, int Width) size) =>
        size.Width == 0
            ? ResizeAndCrop.Shortest(image, size.Height, Filter(keys))
            : new() { Width = size.Width, Height = size.Height, Filter = Filter(keys), Clamp = true };

    static (ResizeSpec, PixelBox?) ConvNext(ProcessorKeys keys, ImageSpec image, int edge)
    {
        if (edge >= ConvNextWarpEdge) return (new() { Width = edge, Height = edge, Filter = Filter(keys), Clamp = true }, null);
        ResizeSpec resize = ResizeAndCrop.Shortest(image, (int)(edge / keys.Number("crop_pct", absent: 1)), Filter(keys));
        return (resize, ResizeAndCrop.Centre(keys, resize, edge, edge, ResizeAndCrop.RoundDown));
    }

    /// <summary>Pillow's numbers.</summary>
    static ResizeFilter Filter(ProcessorKeys keys) => keys.Number("resample", absent: 2) switch
    {
        0 => ResizeFilter.Nearest,
        1 => ResizeFilter.Lanczos,
        2 => ResizeFilter.Bilinear,
        3 => ResizeFilter.Bicubic,
        4 => ResizeFilter.Box,
        5 => ResizeFilter.Hamming,
        var other => throw keys.Refuse("resample", $"{other}", "0 to 5, Pillow's filters"),
    };
}
