namespace Cfgen.Imaging;

/// <summary>The bytes of a picture's file, or in plain words why there are none.</summary>
static class ImageFile
{
    /// <summary>Longest file read, in bytes: the largest accepted picture stored without compression, and as much again for what files carry along.</summary>
    const long MaxBytes = 1L << 30;

    /// <summary>All bytes of the file; read at once, so that what is checked and what is decoded are the same.</summary>
    /// <exception cref="InputException">There is no such file, it is empty or too long, or it may not or cannot be read.</exception>
    public static byte[] Read(string path)
    {
        if (Directory.Exists(path))
            throw Refused("image-is-a-folder", "the picture is a folder", path, "a folder", "a file", "name one picture of the folder");
        byte[] bytes;
        try
        {
            FileInfo file = new(path);
            if (file.Length > MaxBytes) throw Refused("image-too-large", "the picture's file is too large", path, $"{file.Length} bytes", $"at most {MaxBytes} bytes", "make it smaller");
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unreadable(e, path);
        }
        return bytes.Length > 0 ? bytes : throw Refused("image-empty", "the picture's file is empty", path, "0 bytes", "a picture", "copy or export it again");
    }

    /// <summary>The user's error behind an exception of the file system.</summary>
    internal static InputException Unreadable(Exception exception, string path) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException or ArgumentException =>
            Refused("image-missing", "there is no such picture", path, "no file", "a picture", "check the path, relative to the present folder", exception),
        UnauthorizedAccessException =>
            Refused("image-no-permission", "the picture may not be read", path, "no permission to read", "a readable file", "give yourself the right to read it", exception),
        _ => Refused("image-unreadable", "the picture's file cannot be read", path, exception.Message, "a readable file", "check the disk or the connection to it", exception),
    };

    static InputException Refused(string code, string what, string path, string found, string expected, string fix, Exception? inner = null) =>
        new(new Problem(code, what) { Where = path, Found = found, Expected = expected, Fix = fix }, inner);
}
