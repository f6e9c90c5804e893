using System.Text;
using Google.Protobuf;

namespace Cfgen.OnnxFormat.Tests;

public sealed class LoadErrorTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static Problem Refused(string path)
    {
        Problem problem = Assert.Throws<ModelFormatException>(() => OnnxFile.Load(path)).Problem;
        Assert.Equal(path, problem.Where);
        Assert.NotNull(problem.Fix);
        return problem;
    }

    Problem Refused(ReadOnlySpan<byte> bytes) => Refused(_folder.File("model.onnx", bytes));

    [Theory]
    [InlineData("nowhere.onnx")]
    [InlineData("no-folder/model.onnx")]
    [InlineData("no\0thing")]
    public void A_missing_file(string name) => Assert.Equal("model-missing", Refused(_folder[name]).Code);

    [Fact]
    public void No_name_at_all() => Assert.Equal("model-missing", Refused("").Code);

    [Fact]
    public void A_folder()
    {
        Problem problem = Refused(_folder.Path);
        Assert.Equal(("model-is-folder", "name the file inside it"), (problem.Code, problem.Fix));
    }

    [Fact]
    public void An_empty_file()
    {
        Problem problem = Refused([]);
        Assert.Equal(("model-not-onnx", "an empty file"), (problem.Code, problem.Found));
    }

    [Theory]
    [InlineData("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\0\u0001")]
    [InlineData("ÿØÿà\0\u0010JFIF\0")]
    [InlineData("PK\u0003\u0004\u0014\0\0\0\u0008\0archive/data.pkl")]
    [InlineData("\u0080\u0002}q\0X\u0004\0\0\0G_emaq\u0001")]
    [InlineData("\u0089HDF\r\n\u001a\n\0\0\0\0")]
    [InlineData("\u001f\u008b\u0008\0\0\0\0\0")]
    [InlineData("hello, world\n")]
    [InlineData("\n\n\n\n")]
    [InlineData("{\"model\": \"classifier.onnx\"}")]
    [InlineData("[]")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n")]
    [InlineData("\0\0\0\0\0\0\0\0")]
    [InlineData("x")]
    public void A_file_of_another_kind(string content)
    {
        Problem problem = Refused(Encoding.Latin1.GetBytes(content));
        Assert.Equal(("model-not-onnx", "an ONNX model"), (problem.Code, problem.Expected));
        Assert.NotNull(problem.Found);
        Assert.Contains(".onnx", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_protobuf_message()
    {
        Problem problem = Refused(Wire.Text(3, "a producer alone"));
        Assert.Equal(("model-not-onnx", "a file without a graph"), (problem.Code, problem.Found));
    }

    [Fact]
    public void A_graph_without_an_operator_set()
    {
        ModelProto model = Models.Small();
        model.OpsetImport.Clear();
        Problem problem = Refused(model.ToByteArray());
        Assert.Equal("model-not-onnx", problem.Code);
        Assert.Contains("operator set", problem.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData((long)int.MaxValue + 1)]
    [InlineData(5_000_000_000)]
    public void A_file_over_two_gigabytes_is_refused_without_being_read(long length)
    {
        string path = _folder.Sparse("model.onnx", length);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Problem problem = Refused(path);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal("model-too-large", problem.Code);
        Assert.Equal(FormattableString.Invariant($"{length:N0} bytes"), problem.Found);
        Assert.Contains("external data", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void The_system_refuses_to_read_a_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "every file may be read here");
        string path = _folder.File("model.onnx", Models.Small().ToByteArray());
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.None);
        Assert.Equal("model-unreadable", Refused(path).Code);
    }
}
