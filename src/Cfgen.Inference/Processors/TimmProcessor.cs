using Cfgen.Inference.Bundles;

namespace Cfgen.Inference.Processors;

/// <summary>timm's evaluation transform: the shorter edge to floor(size / crop_pct), a crop in the middle, mean and std.</summary>
static class TimmProcessor
{
    public static PreprocessingSpec Read(ProcessorKeys keys, ImageSpec image)
    {
        float[] size = keys.Numbers("input_size") is [_, _, _] given
            ? given
            : throw keys.Refuse("input_size", "nothing of that kind", "[channels, height, width]");
        (int channels, int height, int width) = ((int)size[0], (int)size[1], (int)size[2]);
        double share = keys.Number("crop_pct", absent: 0.875);
        ResizeFilter filter = ResizeAndCrop.Named(keys, "interpolation", keys.Text("interpolation", absent: "bilinear"));
        string mode = keys.Text("crop_mode", absent: "center");
        (int tall, int wide) = ((int)Math.Floor(height / share), (int)Math.Floor(width / share));
        ResizeSpec resize = (mode, height == width) switch
        {
            ("center", true) => ResizeAndCrop.Shortest(image, tall, filter),
            ("squash", _) => new() { Width = wide, Height = tall, Filter = filter, Clamp = true },
            ("center", false) => throw keys.Refuse("input_size", $"{height} x {width}", "a square, or crop_mode squash"),
            _ => throw keys.Refuse("crop_mode", mode, "center or squash"),
        };
        return new()
        {
            Resize = resize,
            Cut = ResizeAndCrop.Centre(keys, resize, height, width, ResizeAndCrop.RoundToEven),
            Channels = channels,
            Mean = keys.Numbers("mean") ?? [0.485f, 0.456f, 0.406f],
            Std = keys.Numbers("std") ?? [0.229f, 0.224f, 0.225f],
        };
    }
}
