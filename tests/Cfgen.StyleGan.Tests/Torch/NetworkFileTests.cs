using Cfgen.StyleGan.Torch;

namespace Cfgen.StyleGan.Tests.Torch;

public sealed class NetworkFileTests
{
    [Fact]
    public void A_missing_file_a_folder_and_an_empty_file_are_told()
    {
        using TemporaryFile empty = new([]);
        Assert.Equal("network-file-empty", Code(empty.Path));
        Assert.Equal("network-file-missing", Code(empty.Path + ".not"));
        Assert.Equal("network-file-missing", Code(System.IO.Path.Combine(empty.Path + ".not", "network.pkl")));
        Assert.Equal("network-file-missing", Code(""));
        Assert.Equal("network-file-is-folder", Code(AppContext.BaseDirectory));
    }

    [Fact]
    public void A_file_over_2_GB_is_refused_before_it_is_read()
    {
        using TemporaryFile file = new([1]);
        using (FileStream stream = File.OpenWrite(file.Path)) stream.SetLength(int.MaxValue); // a hole, which takes no space
        Assert.Equal("network-file-too-large", Code(file.Path));
    }

    [Fact]
    public void A_device_is_refused_before_it_is_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files");
        Assert.Equal("network-file-empty", Code("/dev/zero")); // which never ends
    }

    static string Code(string path) => Assert.Throws<InputException>(() => NetworkPickle.Open(path)).Problem.Code;

    sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(byte[] content) => File.WriteAllBytes(Path, content);

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName());

        public void Dispose() => File.Delete(Path);
    }
}
