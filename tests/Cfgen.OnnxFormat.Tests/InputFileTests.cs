using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Cfgen.OnnxFormat.Tests;

public sealed class InputFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static FileRefusedException Refused(string path, long maxBytes = 100) =>
        Assert.Throws<FileRefusedException>(() => InputFile.ReadAll(path, maxBytes));

    [Fact]
    public void A_regular_file_is_read_whole_through_a_link_too()
    {
        byte[] content = [1, 2, 3];
        string path = _folder.File("a.bin", content);
        Assert.Equal(content, InputFile.ReadAll(path, 3));
        File.CreateSymbolicLink(_folder["link"], path);
        Assert.Equal(content, InputFile.ReadAll(_folder["link"], 3));
        using FileStream stream = InputFile.OpenStream(path, 3);
        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(_ => stream.ReadByte()));
        Assert.Equal(-1, stream.ReadByte());
    }

    [Fact]
    public void What_is_not_there_and_what_is_a_folder()
    {
        Assert.Equal(FileFault.Missing, Refused(_folder["nowhere"]).Fault);
        Assert.Equal(FileFault.Missing, Refused(Path.Combine(_folder.File("a.bin", [1]), "inside")).Fault);
        Assert.Equal(FileFault.Missing, Refused("").Fault);
        Assert.Equal(FileFault.Missing, Refused("a\0b").Fault);
        Assert.Equal(FileFault.Folder, Refused(Path.GetTempPath()).Fault);
    }

    [Fact]
    public void A_pipe_a_device_and_a_socket_are_refused_at_once()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells");
        using (Process made = Process.Start("mkfifo", [_folder["pipe"]])) made.WaitForExit();
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder["socket"]));
        foreach ((string path, string found) in new[] { (_folder["pipe"], "a pipe (FIFO)"), ("/dev/zero", "a device"),
            (_folder["socket"], "a socket") })
        {
            FileRefusedException refused = Refused(path, long.MaxValue);
            Assert.Equal((FileFault.Special, found), (refused.Fault, refused.Found));
        }
    }

    [Fact]
    public void A_file_over_the_limit_is_not_read()
    {
        string path = _folder.Sparse("large.bin", 1L << 40);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(FileFault.TooLarge, Refused(path, 1 << 30).Fault);
        Assert.Equal(FileFault.TooLarge, Refused(_folder.File("a.bin", new byte[101])).Fault);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_file_that_grows_or_shrinks_once_it_is_open_is_read_to_the_size_it_had()
    {
        string path = _folder.File("a.bin", [1, 2, 3]);
        using SafeFileHandle handle = InputFile.Open(path, 100);
        File.AppendAllText(path, "more");
        Assert.Equal(7, InputFile.ReadAll(handle).Length); // as long as it is when reading begins
        byte[] start = new byte[2];
        Assert.Equal(2, InputFile.Read(handle, start, offset: 5));
        Assert.Equal("re"u8, start);
        Assert.Equal(1, InputFile.Read(handle, start, offset: 6));
    }

    [Theory]
    [InlineData(FileFault.Missing, "image-missing")]
    [InlineData(FileFault.Folder, "image-is-folder")]
    [InlineData(FileFault.Special, "image-unreadable")]
    [InlineData(FileFault.TooLarge, "image-too-large")]
    [InlineData(FileFault.NoPermission, "image-unreadable")]
    [InlineData(FileFault.Unreadable, "image-unreadable")]
    public void Every_fault_is_a_problem_with_all_its_parts(FileFault fault, string code)
    {
        Problem problem = new FileKind("image", "the picture", 1000).ProblemOf(new(fault, "what was found"), "a.png");
        Assert.Equal((code, "a.png", "what was found"), (problem.Code, problem.Where, problem.Found));
        Assert.All([problem.What, problem.Expected, problem.Fix], part => Assert.False(string.IsNullOrEmpty(part)));
        Assert.StartsWith("the picture", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_kind_is_told_by_its_first_bytes()
    {
        Assert.Equal("a PNG picture", FileSignature.Of([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]));
        Assert.Equal("an ONNX model", FileSignature.Of([8, 8, 0x12, 7]));
        Assert.Equal("a pickle, as Python and older PyTorch write it", FileSignature.Of([0x80, 2, (byte)'}']));
        Assert.Equal("an empty file", FileSignature.Of([]));
        Assert.Null(FileSignature.Of("{\"a\": 1}"u8));
        Assert.Null(FileSignature.Of("cat\ndog\n"u8));
    }
}
