using System.Text.Json.Nodes;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Objectives;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Cli.Tests;

/// <summary>A model in float16 is refused with the option that helps, and taken with it.</summary>
public sealed class ComputeFloat32Tests : IDisposable
{
    const int Pixels = 6;

    static readonly long[] s_picture = [-1, 1, 2, 3];

    readonly TemporaryFolder _folder = new();

    public ComputeFloat32Tests()
    {
        Save("model.onnx", (ops, x) => Layer(ops, x, TinyModel.Outputs), [-1, TinyModel.Outputs]);
        Save("generator.onnx", (ops, w) => ops.Reshape(Layer(ops, w, Pixels), ops.Longs(s_picture)), s_picture);
        Save("encoder.onnx", (ops, x) => Layer(ops, ops.Reshape(x, ops.Longs(-1, Pixels)), TinyModel.Inputs), [-1, TinyModel.Inputs],
            s_picture);
        Save("classifier.onnx", (ops, x) => Layer(ops, ops.Reshape(x, ops.Longs(-1, Pixels)), 3), [-1, 3], s_picture);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gradient", "build", "model.onnx", "--out", "gradient.onnx")]
    [InlineData("gradient", "check", "model.onnx", "--points", "1")]
    [InlineData("gradient", "time", "model.onnx", "--repeat", "1")]
    [InlineData("bundle", "create", "out", "--generator", "generator.onnx", "--encoder", "encoder.onnx", "--classifier", "classifier.onnx")]
    public async Task Half_precision_needs_the_option(params string[] args)
    {
        (int exit, string error) = await Run([.. args, "--json"]);
        Assert.Equal(2, exit);
        Assert.Contains("--compute-float32", (string)JsonNode.Parse(error)!["fix"]!, StringComparison.Ordinal);
        Assert.Equal((0, ""), await Run([.. args, "--compute-float32", "--json"]));
    }

    [Fact]
    public async Task A_bundle_made_with_it_needs_it_no_more()
    {
        Assert.Equal((0, ""), await Run(
            "bundle", "create", "out", "--generator", "generator.onnx", "--encoder", "encoder.onnx", "--classifier", "classifier.onnx",
            "--compute-float32", "--json"));
        Bundle bundle = Bundle.Open(_folder["out"], new());
        Assert.All(new[] { bundle.Generator, bundle.Encoder!, bundle.Classifier! },
            file => Assert.Equal(DataType.Float, ModelPort.Inputs(OnnxFile.Load(file.Path)).Single().Type));
    }

    [Fact]
    public void All_networks_of_a_search_are_computed_in_float32()
    {
        ModelOverrides files = new()
        {
            Generator = _folder["generator.onnx"],
            Encoder = _folder["encoder.onnx"],
            Classifier = _folder["classifier.onnx"],
            ComputeFloat32 = true,
        };
        using Pipeline pipeline = Pipeline.Open(Bundle.FromModels(files), new(), _ => { });
        float[] code = pipeline.Encoder!.Encode(new float[Pixels], TestContext.Current.CancellationToken);
        Assert.Equal((TinyModel.Inputs, 3), (code.Length, pipeline.Facts.Classes));
    }

    /// <summary>Saves a model whose weights, input and output are float16.</summary>
    void Save(string name, Func<GraphWriter, string, string> function, long[] output, long[]? input = null)
    {
        TinyModel.SaveFunction(_folder[name], function, output, input: input);
        ModelProto model = OnnxFile.Load(_folder[name]);
        foreach (ValueInfoProto port in model.Graph.Input.Concat(model.Graph.Output)) port.Type.TensorType.ElemType = (int)DataType.Float16;
        foreach (TensorProto tensor in model.Graph.Initializer.Where(t => t.Type() is DataType.Float))
        {
            tensor.Int32Data.Add(tensor.ToFloats().Select(v => (int)BitConverter.HalfToUInt16Bits((Half)v)));
            tensor.DataType = (int)DataType.Float16;
            tensor.ClearRawData();
        }
        OnnxFile.Save(model, _folder[name]);
    }

    static string Layer(GraphWriter ops, string x, int to) =>
        ops.Tanh(ops.MatMul(x, ops.Real([.. Enumerable.Range(0, Pixels * to).Select(i => 0.5 * Math.Sin(0.7 * i))], Pixels, to)));

    async Task<(int Exit, string Error)> Run(params string[] args)
    {
        StringWriter error = new();
        int exit = await CliApp.RunAsync(
            args, CliRun.Io(error: error) with { WorkingDirectory = _folder.Path }, TestContext.Current.CancellationToken);
        return (exit, error.ToString());
    }
}
