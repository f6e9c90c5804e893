using Cfgen.StyleGan.Pickles;

namespace Cfgen.StyleGan.Torch;

/// <summary>The bytes of a network's file, or in plain words why there are none.</summary>
static class NetworkFile
{
    /// <summary>All bytes of the file, read once, so that what is checked and what is used are the same.</summary>
    /// <exception cref="InputException">There is no such file, it is empty, no regular file or over 2 GB, or it cannot be read.</exception>
    public static byte[] ReadAll(string path)
    {
        if (Directory.Exists(path)) throw Refused("network-file-is-folder", "the network is a folder", path, "a folder", "a file", "name the file inside it");
        byte[] bytes;
        try
        {
            long length = new FileInfo(path).Length;
            if (length > Array.MaxLength) throw Refused("network-file-too-large", "the network's file is over 2 GB", path, $"{length:N0} bytes", $"at most {Array.MaxLength:N0} bytes", "save the generator alone, without discriminator and optimiser");
            // Opening a pipe waits for somebody to write into it, and a device may never end. Neither has a length that is known beforehand.
            if (length == 0) throw Refused("network-file-empty", "the network's file is empty, or no regular file", path, "a length of 0 bytes, as a pipe and a device have it too", "a network pickle in a regular file", Fixes.CopyAgain);
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            throw Refused("network-file-missing", "there is no such network file", path, "no file", "a network pickle", "check the path, relative to the present folder", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Refused("network-file-unreadable", "the network's file may not be read", path, "no permission to read", "a readable file", "give yourself the right to read it", e);
        }
        catch (IOException e)
        {
            throw Refused("network-file-unreadable", "the network's file cannot be read", path, e.Message, "a readable file", "check the disk or the connection to it", e);
        }
        return bytes;
    }

    static InputException Refused(string code, string what, string path, string found, string expected, string fix, Exception? inner = null) =>
        new(new Problem(code, what) { Where = path, Found = found, Expected = expected, Fix = fix }, inner);
}
