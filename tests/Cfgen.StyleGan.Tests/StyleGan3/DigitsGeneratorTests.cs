using Cfgen.OnnxFormat;
using Cfgen.StyleGan.Generators;
using Cfgen.StyleGan.Tests.Generators;
using Cfgen.StyleGan.Torch;

namespace Cfgen.StyleGan.Tests.StyleGan3;

/// <summary>The generator of digits, imported from its network file, against the model that its training exported.</summary>
public sealed class DigitsGeneratorTests
{
    [Fact]
    public void The_import_makes_the_images_of_the_exported_model()
    {
        ImportedGenerator generator = GeneratorImport.Import(NetworkPickle.Open(PathOf("generator.pkl")), GeneratorImport.DefaultNetwork, new());
        ModelProto exported = OnnxFile.Load(PathOf("generator.onnx"));
        Numbers z = Numbers.Random(1, 3, generator.Facts.ZDim), ws = Running.Output(generator.Mapping, "ws", ("z", z));
        Numbers expected = Running.Output(exported, exported.Graph.Output[0].Name, (exported.Graph.Input[0].Name, ws));
        Assert.InRange(Running.Output(generator.Synthesis, "image", ("ws", ws)).Distance(expected), 0, 1e-5);
    }

    static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "digits", file);
}
