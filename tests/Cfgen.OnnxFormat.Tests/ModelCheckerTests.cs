using Google.Protobuf;
using static Cfgen.OnnxFormat.Tests.CheckedModels;

namespace Cfgen.OnnxFormat.Tests;

/// <summary>When a model is checked, and that sound ones pass.</summary>
public sealed class ModelCheckerTests
{
    [Theory]
    [MemberData(nameof(Models.Digits), MemberType = typeof(Models))]
    public void The_bundled_models_are_sound(string name) => Accepted(OnnxFile.Parse(Models.DigitsBytes(name), name));

    [Fact]
    public void A_model_is_checked_when_it_is_loaded_and_not_when_it_is_parsed()
    {
        using TemporaryFolder folder = new();
        byte[] bytes = Models.Of(17, [Models.Node("Relu", ["nothing"], ["y"])]).ToByteArray();
        string path = folder.File("model.onnx", bytes);
        Problem problem = Assert.Throws<ModelFormatException>(() => OnnxFile.Load(path)).Problem;
        Assert.Equal(("value-not-made", $"{path}, node 'make_y' (Relu)"), (problem.Code, problem.Where));
        Assert.Single(OnnxFile.Parse(bytes, path).Graph.Node);
    }
}
