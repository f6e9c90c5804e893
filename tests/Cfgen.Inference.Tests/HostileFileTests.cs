using System.Diagnostics;
using System.Text;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Codes;
using Cfgen.Inference.Processors;
using Cfgen.Inference.Runtime;

namespace Cfgen.Inference.Tests;

/// <summary>Files that are no files of their kind, and names that lead out of a bundle.</summary>
public sealed class HostileFileTests : IDisposable
{
    static readonly ImageSpec s_image = new() { Width = 32, Height = 32, Channels = 1 };

    readonly TinyBundle _tiny = new();

    public void Dispose() => _tiny.Dispose();

    static void Read(string reader, string path)
    {
        switch (reader)
        {
            case "class names": ClassNamesFile.Read(path); break;
            case "preprocessing": ProcessorFile.Read(path, s_image, () => null); break;
            case "array": NpyFile.Read(path); break;
            case "model": BundleFile.Open("classifier", path, null); break;
            case "manifest": Bundle.Open(Path.GetDirectoryName(path)!, new()); break;
        }
    }

    [Theory]
    [InlineData("class names")]
    [InlineData("preprocessing")]
    [InlineData("array")]
    [InlineData("model")]
    [InlineData("manifest")]
    public void A_pipe_is_not_waited_for(string reader)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells");
        using TemporaryFolder folder = new();
        string path = folder[Bundle.ManifestName];
        using (Process made = Process.Start("mkfifo", [path])) made.WaitForExit();
        Assert.Equal("a pipe (FIFO)", Refused.By<InputException>(() => Read(reader, path)).Found);
    }

    [Theory]
    [InlineData("class names")]
    [InlineData("preprocessing")]
    [InlineData("array")]
    [InlineData("model")]
    [InlineData("manifest")]
    public void A_huge_file_is_neither_read_nor_hashed(string reader)
    {
        using TemporaryFolder folder = new();
        string path = folder[Bundle.ManifestName];
        using (FileStream file = File.Create(path)) file.SetLength(1L << 40); // takes no room on the disk
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.EndsWith("too-large", Refused.By<InputException>(() => Read(reader, path)).Code, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_large_file_of_nothing_is_no_model_and_its_rest_is_not_looked_at()
    {
        string path = _tiny["model.onnx"];
        using (FileStream file = File.Create(path)) file.SetLength(1L << 30);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("model-not-onnx",
            Assert.Throws<OnnxFormat.ModelFormatException>(() => BundleFile.Open("model", path, null)).Problem.Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void An_array_longer_than_it_can_be_is_refused_by_its_header()
    {
        string path = _tiny["codes.npy"];
        NpyFile.Write(path, [1000], new double[1000]);
        Assert.Contains("[1000]", Refused.By<InputException>(() => NpyFile.Read(path, maxElements: 999)).Found, StringComparison.Ordinal);
        Assert.Equal(1000, NpyFile.Read(path, maxElements: 1000).Values.Length);
    }

    [Theory]
    [InlineData("name", new byte[] { 0xFF })]
    [InlineData("name", new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData("\\ud800", new byte[] { })]
    public void Text_that_is_no_text_is_told_with_its_place(string text, byte[] more)
    {
        byte[] json = [.. Encoding.ASCII.GetBytes($"{{\n\"name\": \"{text}"), .. more, .. "\" }"u8];
        Problem problem = Refused.By<InputException>(() => ManifestReader.Read(json, "model.json"));
        Assert.Equal("manifest-not-json", problem.Code);
        Assert.StartsWith("model.json, line 2, column ", problem.Where, StringComparison.Ordinal);
        byte[] key = [.. Encoding.ASCII.GetBytes($"{{\"{text}"), .. more, .. "\": 1 }"u8];
        Assert.Equal("manifest-not-json", Refused.By<InputException>(() => ManifestReader.Read(key, "model.json")).Code);
        using TemporaryFolder folder = new();
        Assert.Throws<InputException>(() => ProcessorFile.Read(folder.File("p.json", json), s_image, () => null));
        Assert.Throws<InputException>(() => ClassNamesFile.Read(folder.File("c.json", json)));
    }

    [Theory]
    [InlineData("", "the text is empty")]
    [InlineData("{\"name\": \"x\"", "the text ends before its last bracket is closed")]
    public void What_is_wrong_with_json_is_told_without_words_for_programmers(string json, string found) =>
        Assert.Equal(found, Refused.By<InputException>(() => ManifestReader.Read(Encoding.UTF8.GetBytes(json), "model.json")).Found);

    [Fact]
    public void A_picture_is_no_list_of_class_names()
    {
        byte[] png = [0x89, .. "PNG\r\n\x1a\n"u8, .. new byte[100]];
        Assert.Equal("a PNG picture", Refused.By<InputException>(() => ClassNamesFile.Read(_tiny.File("names.png", png))).Found);
        Assert.Equal("a file that is no text",
            Refused.By<InputException>(() => ClassNamesFile.Read(_tiny.File("names", "a\0\nb"u8.ToArray()))).Found);
        Assert.Equal(["Rüde", "Hündin"],
            ClassNamesFile.Read(_tiny.File("names.txt",
                [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("Rüde\r\nHündin\r\n")])));
    }

    [Fact]
    public void A_file_given_in_the_place_of_a_bundle_is_told_as_one()
    {
        Problem model = Refused.By<InputException>(() => Bundle.Open(_tiny["classifier.onnx"], new()));
        Assert.Equal(("bundle-missing", "a file"), (model.Code, model.Found));
        Assert.Contains("the folder that it lies in", Refused.By<InputException>(() => Bundle.Open(_tiny[Bundle.ManifestName], new())).Fix,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("classifier.onnx")]
    [InlineData(Bundle.ManifestName)]
    public void A_link_out_of_a_bundle_is_not_followed(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a right there");
        using TemporaryFolder elsewhere = new();
        File.Move(_tiny[name], elsewhere[name]);
        File.CreateSymbolicLink(_tiny[name], elsewhere[name]);
        Problem problem = Refused.By<InputException>(() => _tiny.Open());
        Assert.Equal(("bundle-path-refused", $"'{name}' is a link to '{elsewhere[name]}'"), (problem.Code, problem.Found));
    }

    [Fact]
    public void A_file_of_two_names_is_not_read_as_a_part_of_a_bundle()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells");
        using TemporaryFolder elsewhere = new();
        using (Process made = Process.Start("ln", [_tiny["classifier.onnx"], elsewhere["secret.onnx"]])) made.WaitForExit();
        Assert.Equal("'classifier.onnx' has 2 names (hard links)", Refused.By<InputException>(() => _tiny.Open()).Found);
    }

    [Fact]
    public void The_runtimes_own_places_are_left_out_of_its_message()
    {
        const string place = "/onnxruntime_src/onnxruntime/core/graph/model.cc:180 onnxruntime::Model::Model(ModelProto&&) ";
        string message = $"[ErrorCode:Fail] Load model from a.onnx failed:{place}Node (x) has input size 1\nnot in range";
        Assert.Equal("Load model from a.onnx failed:Node (x) has input size 1 not in range", RuntimeWords.Clean(message));
    }
}
