namespace Cfgen.Imaging;

/// <summary>Writes finished bytes, so that libvips never sees a path: it would take a name that ends in brackets for options.</summary>
static class OutputFile
{
    /// <exception cref="IOException">The file cannot be written, whatever the reason.</exception>
    public static void Write(string path, byte[] bytes)
    {
        try
        {
            File.WriteAllBytes(path, bytes);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }
}
