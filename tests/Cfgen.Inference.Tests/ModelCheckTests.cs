using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Tests;

/// <summary>What exporters write passes the check of a model, which every <see cref="OnnxFile.Load"/> ends with.</summary>
public sealed class ModelCheckTests
{
    /// <summary>Every model of the repository, relative to its folder.</summary>
    public static TheoryData<string> Paths { get; } =
    [
        .. from folder in new[] { Path.Combine("models", "digits"), Path.Combine("tests", "Cfgen.Inference.Tests", "Fixtures") }
           from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.onnx", SearchOption.AllDirectories)
           orderby path
           select Path.GetRelativePath(Repository.Root, path),
    ];

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_model_of_an_exporter_is_sound(string path) =>
        Assert.NotEmpty(OnnxFile.Load(Path.Combine(Repository.Root, path)).Graph.Node);
}
