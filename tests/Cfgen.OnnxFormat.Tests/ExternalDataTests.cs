using System.Diagnostics;
using System.Runtime.InteropServices;
using Google.Protobuf;

namespace Cfgen.OnnxFormat.Tests;

public sealed class ExternalDataTests : IDisposable
{
    static readonly float[] s_numbers = [1, 2, 3, 4, 5, 6, 7, 8];

    readonly TemporaryFolder _folder = new();

    public ExternalDataTests() => _folder.File("weights.bin", MemoryMarshal.AsBytes<float>(s_numbers));

    public void Dispose() => _folder.Dispose();

    string Write(ModelProto model) => _folder.File("model.onnx", model.ToByteArray());

    ModelProto Load(TensorProto initializer)
    {
        ModelProto model = Models.Small();
        model.Graph.Initializer.Add(initializer);
        return OnnxFile.Load(Write(model));
    }

    float[] Read(TensorProto initializer) => Load(initializer).Graph.Initializer[^1].ToFloats();

    Problem Refused(TensorProto initializer)
    {
        Problem problem = Assert.Throws<ModelFormatException>(() => Load(initializer)).Problem;
        Assert.Equal(_folder["model.onnx"], problem.Where);
        Assert.All([problem.Found, problem.Expected, problem.Fix], Assert.NotNull);
        Assert.Equal("external-data-refused", problem.Code);
        Assert.Contains($"'{initializer.Name}'", problem.What, StringComparison.Ordinal);
        return problem;
    }

    [Fact]
    public void Offset_and_length_may_be_given_or_not()
    {
        Assert.Equal(s_numbers, Read(Models.External("far", "weights.bin", null, null, 8)));
        Assert.Equal([3, 4, 5], Read(Models.External("far", "weights.bin", "8", null, 3)));
        Assert.Equal([7, 8], Read(Models.External("far", "weights.bin", "24", "8", 2)));
    }

    [Fact]
    public void A_loaded_tensor_says_nothing_of_a_file_any_more()
    {
        TensorProto tensor = Load(Models.External("far", "weights.bin", "0", "32", 8)).Graph.Initializer[^1];
        Assert.False(tensor.HasDataLocation);
        Assert.Empty(tensor.ExternalData);
    }

    [Fact]
    public void A_further_entry_such_as_a_checksum_does_no_harm()
    {
        TensorProto tensor = Models.External("far", "weights.bin", null, null, 8);
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "checksum", Value = "00" });
        Assert.Equal(s_numbers, Read(tensor));
    }

    [Fact]
    public void A_tensor_of_no_elements()
    {
        Assert.Empty(Read(Models.External("none", "weights.bin", "32", "0", 3, 0)));
        Assert.Empty(Read(Models.External("none", "weights.bin", null, null, 0)));
    }

    [Fact]
    public void A_folder_below_the_model()
    {
        Directory.CreateDirectory(_folder["data/deep"]);
        _folder.File("data/deep/weights.bin", MemoryMarshal.AsBytes<float>(s_numbers));
        Assert.Equal(s_numbers, Read(Models.External("far", "data/deep/weights.bin", null, null, 8)));
    }

    [Fact]
    public void Parsing_from_memory_reads_no_file()
    {
        ModelProto model = Models.Small();
        model.Graph.Initializer.Add(Models.External("far", "../nowhere", null, null, 8));
        Assert.Equal(model, OnnxFile.Parse(model.ToByteArray(), "model"));
    }

    [Theory]
    [InlineData("../weights.bin")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("./weights.bin")]
    [InlineData("data/../weights.bin")]
    [InlineData("data\\..\\weights.bin")]
    [InlineData("..\\weights.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("\\\\server\\share\\weights.bin")]
    [InlineData("C:\\weights.bin")]
    [InlineData("C:weights.bin")]
    [InlineData("weights.bin:stream")]
    [InlineData("file:///etc/passwd")]
    [InlineData("data//weights.bin")]
    [InlineData("weights.bin/")]
    [InlineData("weights.bin\0")]
    [InlineData("")]
    public void A_location_outside_the_folder(string location)
    {
        Problem problem = Refused(Models.External("far", location, null, null, 8));
        Assert.StartsWith("the location ", problem.Found, StringComparison.Ordinal);
        Assert.Contains("own folder", problem.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void No_location() => Assert.Equal("no location", Refused(Models.External("far", null, null, null, 8)).Found);

    [Fact]
    public void A_missing_file() =>
        Assert.Equal("'other.bin' does not exist", Refused(Models.External("far", "other.bin", null, null, 8)).Found);

    [Fact]
    public void A_name_longer_than_any_file_system_takes() => Refused(Models.External("far", new string('w', 10_000), null, null, 8));

    [Fact]
    public void A_folder_in_the_place_of_the_data()
    {
        Directory.CreateDirectory(_folder["data"]);
        Refused(Models.External("far", "data", null, null, 8));
    }

    [Fact]
    public void A_link_to_a_file_elsewhere()
    {
        using TemporaryFolder elsewhere = new();
        File.CreateSymbolicLink(_folder["link.bin"], elsewhere.File("secret.bin", new byte[32]));
        Assert.StartsWith(
            "'link.bin' is a link to ", Refused(Models.External("far", "link.bin", null, null, 8)).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_behind_a_link_to_a_folder_elsewhere()
    {
        using TemporaryFolder elsewhere = new();
        elsewhere.File("secret.bin", new byte[32]);
        Directory.CreateSymbolicLink(_folder["link"], elsewhere.Path);
        Assert.StartsWith(
            "'link/secret.bin' is a link to ", Refused(Models.External("far", "link/secret.bin", null, null, 8)).Found,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_two_names()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells");
        using TemporaryFolder elsewhere = new();
        Shell("ln", elsewhere.File("secret.bin", new byte[32]), _folder["hard.bin"]);
        Problem problem = Refused(Models.External("far", "hard.bin", null, null, 8));
        Assert.Equal(("'hard.bin' has 2 names (hard links)", "a file of one name"), (problem.Found, problem.Expected));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(0)]
    public void A_pipe_is_not_waited_for(long length)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells");
        Shell("mkfifo", _folder["pipe"]);
        Problem problem = Refused(Models.External("far", "pipe", null, null, length));
        Assert.Equal(("'pipe' is a pipe (FIFO)", "a regular file"), (problem.Found, problem.Expected));
        Problem own = Assert.Throws<ModelFormatException>(() => OnnxFile.Load(_folder["pipe"])).Problem;
        Assert.Equal(("model-unreadable", "a pipe (FIFO)"), (own.Code, own.Found));
    }

    [Fact]
    public void A_device_is_not_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells");
        Assert.Equal("a device", Assert.Throws<ModelFormatException>(() => OnnxFile.Load("/dev/zero")).Problem.Found);
    }

    [Fact]
    public void An_address_in_memory()
    {
        Problem problem = Refused(Models.External("far", "*/_ORT_MEM_ADDR_/*", "140737353957376", "32", 8));
        Assert.Equal("the location '*/_ORT_MEM_ADDR_/*', which stands for an address in memory", problem.Found);
    }

    static void Shell(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void Tensors_that_share_their_bytes(int count, bool allowed)
    {
        const int elements = 2 << 20; // 8 MiB
        _folder.File("large.bin", new byte[4 * elements]);
        ModelProto model = Models.Small();
        for (int i = 0; i < count; i++) model.Graph.Initializer.Add(Models.External($"far{i}", "large.bin", null, null, elements));
        string path = Write(model);
        if (allowed) Assert.Equal(4 * elements, OnnxFile.Load(path).Graph.Initializer[^1].RawData.Length);
        else
            Assert.Equal(
                ("external-data-refused", "tensors that read the same bytes of 'large.bin' again and again"),
                Told(Assert.Throws<ModelFormatException>(() => OnnxFile.Load(path)).Problem));

        static (string, string?) Told(Problem problem) => (problem.Code, problem.Found);
    }

    [Fact]
    public void Many_tensors_of_one_small_file()
    {
        ModelProto model = Models.Small();
        for (int i = 0; i < 1000; i++) model.Graph.Initializer.Add(Models.External($"far{i}", "weights.bin", null, null, 8));
        Assert.Equal(s_numbers, OnnxFile.Load(Write(model)).Graph.Initializer[^1].ToFloats());
    }

    [Fact]
    public void A_link_to_nowhere()
    {
        File.CreateSymbolicLink(_folder["link.bin"], _folder["nowhere"]);
        Assert.Contains("link", Refused(Models.External("far", "link.bin", null, null, 8)).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void The_folder_of_the_model_may_itself_be_behind_a_link()
    {
        using TemporaryFolder elsewhere = new();
        ModelProto model = Models.Small();
        model.Graph.Initializer.Add(Models.External("far", "weights.bin", null, null, 8));
        Write(model);
        Directory.CreateSymbolicLink(elsewhere["link"], _folder.Path);
        Assert.Equal(s_numbers, OnnxFile.Load(elsewhere["link/model.onnx"]).Graph.Initializer[^1].ToFloats());
    }

    [Theory]
    [InlineData("4", "32", "bytes 4 to 36 of 'weights.bin', which has 32")]
    [InlineData("33", "32", "bytes 33 to 65 of 'weights.bin', which has 32")]
    [InlineData("9223372036854775807", "32", "of 'weights.bin', which has 32")]
    [InlineData("-1", "32", "the offset '-1'")]
    [InlineData("0", "-32", "the length '-32'")]
    [InlineData("zero", "32", "the offset 'zero'")]
    [InlineData("0", "0x20", "the length '0x20'")]
    [InlineData("0", "1e1", "the length '1e1'")]
    [InlineData("", "32", "the offset ''")]
    [InlineData("99999999999999999999", "32", "the offset '99999999999999999999'")]
    [InlineData("0", "28", "a length of 28 bytes in 'weights.bin'")]
    [InlineData("0", "9223372036854775807", "a length of 9,223,372,036,854,775,807 bytes in 'weights.bin'")]
    public void A_place_that_is_not_in_the_file_or_not_of_the_tensors_size(string offset, string length, string found) =>
        Assert.Contains(found, Refused(Models.External("far", "weights.bin", offset, length, 8)).Found, StringComparison.Ordinal);

    [Fact]
    public void A_tensor_that_no_array_can_hold()
    {
        _folder.Sparse("huge.bin", 4L << 30);
        Assert.Contains(
            "4,294,967,296 bytes", Refused(Models.External("far", "huge.bin", null, null, 1L << 30)).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void An_impossible_shape() =>
        Assert.Equal(
            "tensor-shape-invalid",
            Assert.Throws<ModelFormatException>(() => Load(Models.External("far", "weights.bin", null, null, -1))).Problem.Code);

    [Fact]
    public void A_file_that_may_not_be_read()
    {
        Problem problem =
            ExternalData.Unreadable(new UnauthorizedAccessException(), Models.External("far", "weights.bin"), "model.onnx").Problem;
        Assert.Equal(
            ("external-data-refused", "model.onnx", "no read permission for 'weights.bin'"), (problem.Code, problem.Where, problem.Found));
        Assert.Equal("Input/output error", ExternalData.Unreadable(
            new IOException("Input/output error"), Models.External("far", "weights.bin"), "model.onnx").Problem.Found);
    }

    [Fact]
    public void The_system_refuses_to_read_a_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "every file may be read here");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder["weights.bin"], UnixFileMode.None);
        Assert.StartsWith(
            "no read permission", Refused(Models.External("far", "weights.bin", null, null, 8)).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_are_found_wherever_a_model_may_hold_one()
    {
        TensorProto Far(string name) => Models.External(name, "weights.bin", "28", "4", 1);
        GraphProto inner = Models.Body("i", Models.Node("Identity", ["body"], ["i"]));
        inner.Initializer.Add(Far("body"));
        GraphProto outer = Models.Body("o", Models.Node("If", ["flag"], ["o"], Models.Body("then_branch", inner)));
        ModelProto model = Models.Small();
        model.Graph.Input.Add(Models.Value("flag"));
        model.Graph.Node.AddRange(
        [
            Models.Node("Constant", [], ["attribute"], Models.Tensor("value", Far("attribute"))),
            Models.Node("Custom", [], ["several"], new AttributeProto { Name = "list", Tensors = { Far("first"), Far("second") } }),
            Models.Node(
                "If", ["flag"], ["z"], Models.Body("then_branch", outer),
                new AttributeProto { Name = "graphs", Graphs = { inner.Clone() } }),
        ]);
        model.Functions.Add(new FunctionProto
        {
            Name = "f",
            Node = { Models.Node("Constant", [], ["function"], Models.Tensor("value", Far("function"))) },
            AttributeProto = { Models.Tensor("default", Far("default")) },
        });

        ModelProto read = OnnxFile.Load(Write(model));

        TensorProto[] tensors =
        [
            read.Graph.Node[1].Attribute[0].T,
            .. read.Graph.Node[2].Attribute[0].Tensors,
            read.Graph.Node[3].Attribute[0].G.Node[0].Attribute[0].G.Initializer[0],
            read.Graph.Node[3].Attribute[1].Graphs[0].Initializer[0],
            read.Functions[0].Node[0].Attribute[0].T,
            read.Functions[0].AttributeProto[0].T,
        ];
        Assert.All(tensors, t => Assert.Equal([8], t.ToFloats()));
    }
}
