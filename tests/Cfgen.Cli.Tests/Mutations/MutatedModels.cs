using Cfgen.OnnxFormat;

namespace Cfgen.Mutations;

/// <summary>The models that mutations begin with: small networks of the tests and the bundled digits.</summary>
static class MutatedModels
{
    /// <summary>Files below the repository's root, the smallest ones first; the bundled classifier several times, as it is the one that
    /// `explain` goes through.</summary>
    static readonly string[] s_files =
    [
        "models/digits/classifier.onnx", "models/digits/classifier.onnx", "models/digits/classifier.onnx", "models/digits/mapping.onnx",
            "models/digits/encoder.onnx",
        "tests/Cfgen.Inference.Tests/Fixtures/qdq/model.onnx", "tests/Cfgen.Inference.Tests/Fixtures/unet/model.onnx",
            "tests/Cfgen.Inference.Tests/Fixtures/squeezenet/model.onnx",
        "tests/Cfgen.Inference.Tests/Fixtures/mobilenet_v2/model.onnx", "tests/Cfgen.Inference.Tests/Fixtures/densenet/model.onnx",
            "tests/Cfgen.Inference.Tests/Fixtures/vit-dynamo/model.onnx",
        "tests/Cfgen.Inference.Tests/Fixtures/convnext/model.onnx",
    ];

    /// <summary>The mutation of a number: always the same.</summary>
    /// <param name="root">Of the repository.</param>
    /// <param name="seed">The number.</param>
    /// <returns>The model, and what it was made of by which changes.</returns>
    public static (ModelProto Model, string Description) Make(string root, int seed)
    {
        Random random = new(seed);
        string file = s_files[random.Next(s_files.Length)];
        ModelProto model = OnnxFile.Parse(File.ReadAllBytes(Path.Combine(root, file)), file);
        return (model, $"{file}: {new ModelMutation(model, random).Apply()}");
    }
}
