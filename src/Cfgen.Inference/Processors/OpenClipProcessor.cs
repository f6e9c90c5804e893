using Cfgen.Inference.Bundles;

namespace Cfgen.Inference.Processors;

/// <summary>
/// open_clip's evaluation transform: resize by its mode, a crop in the middle, mean and std. The file has no image size: it is the
/// network's.
/// </summary>
static class OpenClipProcessor
{
    public static PreprocessingSpec Read(ProcessorKeys keys, ImageSpec image, Func<(int Height, int Width)?> networkSize)
    {
        keys.AllowOnly("size", "mode", "mean", "std", "interpolation", "resize_mode", "fill_color");
        (int height, int width) = keys.Size("size") ?? networkSize()
            ?? throw keys.Refuse("size", "nothing, and the classifier leaves its input size free", "a size in one of them");
        ResizeFilter filter = ResizeAndCrop.Named(keys, "interpolation", keys.Text("interpolation", absent: "bicubic"));
        string mode = keys.Text("resize_mode", absent: "shortest");
        ResizeSpec resize = mode switch
        {
            "shortest" when height == width => ResizeAndCrop.Shortest(image, height, filter),
            "squash" => new() { Width = width, Height = height, Filter = filter, Clamp = true },
            _ => throw keys.Refuse("resize_mode", mode, "squash, or shortest with a square size"),
        };
        return new()
        {
            Resize = resize,
            Cut = ResizeAndCrop.Centre(keys, resize, height, width, ResizeAndCrop.RoundToEven),
            Channels = 3,
            Mean = keys.Numbers("mean") ?? [0.48145466f, 0.4578275f, 0.40821073f],
            Std = keys.Numbers("std") ?? [0.26862954f, 0.26130258f, 0.27577711f],
        };
    }
}
