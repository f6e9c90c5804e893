using Microsoft.Win32.SafeHandles;
using NetVips;

namespace Cfgen.Imaging;

/// <summary>The bytes of a picture's file, or in plain words why there are none.</summary>
static class ImageFile
{
    /// <summary>Longest file read without looking at its header before, in bytes.</summary>
    const long MaxUnseen = 64 << 20;

    /// <summary>Most bytes of a pixel without compression: four channels of 16 bits.</summary>
    const int MaxPixelBytes = 8;

    /// <summary>The largest accepted picture stored without compression, and as much again for what files carry along.</summary>
    static readonly FileKind s_kind = new("image", "the picture's file", 2L * MaxPixelBytes * ImageLoader.MaxPixels)
    {
        FolderCode = "image-is-a-folder",
        NoPermissionCode = "image-no-permission",
        FixSize = "make it smaller",
    };

    /// <summary>All bytes of the file; read at once, so that what is checked and what is decoded are the same.</summary>
    /// <exception cref="InputException">
    /// There is no such file, it is empty or far longer than its picture asks for, or it may not or cannot be read.
    /// </exception>
    public static byte[] Read(string path)
    {
        try
        {
            using SafeFileHandle handle = InputFile.Open(path, s_kind.MaxBytes);
            long length = RandomAccess.GetLength(handle);
            if (length == 0)
            {
                throw new InputException(new("image-empty", "the picture's file is empty")
                {
                    Where = path,
                    Found = "0 bytes",
                    Expected = "a picture",
                    Fix = "copy or export it again",
                });
            }
            if (length > MaxUnseen) CheckHeader(handle, path);
            return InputFile.ReadAll(handle);
        }
        catch (FileRefusedException e)
        {
            throw new InputException(s_kind.ProblemOf(e, path), e);
        }
    }

    /// <summary>Refuses a large file whose picture is too large, or too small for all that stands beside it.</summary>
    static void CheckHeader(SafeFileHandle handle, string path)
    {
        byte[] start = new byte[FileSignature.Length];
        InputFile.Read(handle, start);
        if (!ImageLoader.HasAcceptedFormat(start)) throw ImageLoader.NotAnImage(path, start);
        long length = RandomAccess.GetLength(handle);
        using FileStream stream = new(new SafeFileHandle(handle.DangerousGetHandle(), ownsHandle: false), FileAccess.Read);
        try
        {
            using Image picture = Libvips.Open(stream);
            ImageHeader.Check(picture, path);
            long most = MaxUnseen + 2L * MaxPixelBytes * picture.Width * picture.Height;
            if (length > most)
            {
                throw new InputException(new("image-too-large", "the picture's file is far larger than its picture")
                {
                    Where = path,
                    Found = $"{length} bytes for {picture.Width} x {picture.Height} pixels",
                    Expected = $"at most {most} bytes",
                    Fix = "save it again, without what else is in the file",
                });
            }
        }
        catch (VipsException e)
        {
            throw ImageLoader.Damaged(path, length, e);
        }
    }
}
