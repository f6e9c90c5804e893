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
        Assert.Equal("network-file-unreadable", Code("/dev/zero")); // which never ends
    }

    [Fact]
    public void A_file_of_another_kind_is_told_by_what_it_is_before_it_is_read()
    {
        using TemporaryFile model = new([8, 8, 0x12, 7, .. "pytorch"u8]);
        Problem problem = Assert.Throws<InputException>(() => NetworkPickle.Open(model.Path)).Problem;
        Assert.Equal(("network-file-format", "an ONNX model"), (problem.Code, problem.Found));
        using TemporaryFile zeros = new([0]);
        using (FileStream stream = File.OpenWrite(zeros.Path)) stream.SetLength(1_000_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("network-file-format", Code(zeros.Path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    static string Code(string path) => Assert.Throws<InputException>(() => NetworkPickle.Open(path)).Problem.Code;

    sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(byte[] content) => File.WriteAllBytes(Path, content);

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName());

        public void Dispose() => File.Delete(Path);
    }
}
