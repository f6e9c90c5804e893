namespace Cfgen.Imaging;

/// <summary>The native library behind this project.</summary>
public static class ImageLibrary
{
    /// <summary>Version of libvips, such as <c>8.18.7</c>.</summary>
    public static string Version { get; } = string.Join('.', Enumerable.Range(0, 3).Select(part => NetVips.NetVips.Version(part)));
}
