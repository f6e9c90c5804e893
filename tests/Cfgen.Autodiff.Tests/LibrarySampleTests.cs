using System.Text.RegularExpressions;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>The sample of docs/library.md, word for word, run on a network whose values are declared.</summary>
public sealed class LibrarySampleTests
{
    [Fact]
    public void The_sample_of_the_documentation_makes_a_gradient_file_that_runs()
    {
        using TemporaryFolder folder = new();
        OnnxFile.Save(Network(), folder["classifier.onnx"]);

        // <sample>
        ModelProto model = OpsetRaiser.Raise(OnnxFile.Load(folder["classifier.onnx"]), opset: 18);
        GradientRequest request = new(Output: "logits")
        {
            Gradients = new Dictionary<string, string> { ["image"] = "image_gradient" },
            Cotangent = "logits_cotangent",
        };
        ModelProto gradient = GradientGraph.Differentiate(model, request, DeclaredTypes.Of(model));
        OnnxFile.Save(gradient, folder["classifier-gradient.onnx"]);
        // </sample>

        Tensor image = new(DataType.Float, [2, 3], [1, -2, 3, 0.5, 1, -1]), cotangent = new(DataType.Float, [2, 2], [1, 0, 0, 1]);
        ModelProto saved = OnnxFile.Load(folder["classifier-gradient.onnx"]);
        Dictionary<string, Tensor> feeds = new() { ["image"] = image, ["logits_cotangent"] = cotangent };
        Tensor[] results = RunningModel.Run(saved, feeds, "image_gradient");
        Assert.Equal([1, 0, 3, 4, 5, 0], results[0].Values); // rows of the weights where the input is positive
    }

    [Fact]
    public void The_sample_stands_in_the_documentation_as_it_is_compiled_here()
    {
        string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
        string source = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Cfgen.Autodiff.Tests", "LibrarySampleTests.cs"));
        string sample = Regex.Replace(source.Split("// <sample>")[1].Split("// </sample>")[0], """folder\[(".*?")\]""", "$1");
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "library.md"));
        Assert.Contains(string.Join('\n', Lines(sample)), string.Join('\n', Lines(page)));
    }

    /// <summary>logits = relu(image) W, every value declared as ONNX's shape inference declares it.</summary>
    static ModelProto Network()
    {
        ModelProto model = Models.Empty(opset: 13);
        model.Graph.Input.Add(GradientGraph.Describe("image", new(DataType.Float, [Models.Batch, 3])));
        model.Graph.ValueInfo.Add(GradientGraph.Describe("hidden", new(DataType.Float, [Models.Batch, 3])));
        model.Graph.Output.Add(GradientGraph.Describe("logits", new(DataType.Float, [Models.Batch, 2])));
        TensorProto weights = ((ReadOnlySpan<double>)[1, 4, 2, 5, 3, 6]).ToTensor(DataType.Float, 3, 2);
        weights.Name = "W";
        model.Graph.Initializer.Add(weights);
        model.Graph.Node.Add(new NodeProto { OpType = "Relu", Name = "relu", Input = { "image" }, Output = { "hidden" } });
        model.Graph.Node.Add(new NodeProto { OpType = "MatMul", Name = "linear", Input = { "hidden", "W" }, Output = { "logits" } });
        return model;
    }
}
