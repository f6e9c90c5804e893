using System.Diagnostics;
using System.Text.Json.Nodes;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Cli.Tests;

public sealed class GradientBuildTests : IDisposable
{
    const int Rows = 3, Length = Rows * TinyModel.Inputs;

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_file_gives_the_gradient_of_the_weighed_output_for_any_batch()
    {
        TinyModel.Save(_folder["model.onnx"]);
        Assert.Equal(0, (await Run("model.onnx", "--out", "gradient.onnx")).Exit);

        float[] x = Wave(Length, 0.9), weights = Wave(Rows * TinyModel.Outputs, 1.3);
        using ModelSession session = Open();
        Assert.Equal(["y", "x_gradient"], session.Outputs.Keys);
        Assert.Equal([-1, TinyModel.Inputs], session.Outputs["x_gradient"].Dimensions);
        float[] gradient =
            Evaluate(session, x, "y_cotangent", OrtValue.CreateTensorValueFromMemory(weights, [Rows, TinyModel.Outputs]), "x_gradient");
        for (int i = 0; i < Length; i++)
            Assert.Equal(Slope(x, i, y => y.Zip(weights, (a, b) => (double)a * b).Sum()), gradient[i], 2e-3);
    }

    [Fact]
    public async Task An_index_takes_one_column_in_each_row()
    {
        TinyModel.Save(_folder["model.onnx"]);
        Assert.Equal(0, (await Run("model.onnx", "--scalar", "index", "--out", "gradient.onnx")).Exit);

        float[] x = Wave(Length, 0.9);
        long[] index = [2, 0, 3];
        using ModelSession session = Open();
        float[] gradient = Evaluate(session, x, "y_index", OrtValue.CreateTensorValueFromMemory(index, [Rows]), "x_gradient");
        for (int i = 0; i < Length; i++)
            Assert.Equal(
                Slope(x, i, y => index.Select((column, row) => (double)y[row * TinyModel.Outputs + column]).Sum()), gradient[i], 2e-3);
    }

    [Fact]
    public async Task A_sum_needs_no_further_input()
    {
        TinyModel.Save(_folder["model.onnx"]);
        Assert.Equal(0, (await Run("model.onnx", "--scalar", "sum", "--out", "gradient.onnx")).Exit);
        float[] x = Wave(Length, 0.9);
        using ModelSession session = Open();
        Assert.Equal(["x"], session.Inputs.Keys);
        float[] gradient = Evaluate(session, x, null, null, "x_gradient");
        for (int i = 0; i < Length; i++) Assert.Equal(Slope(x, i, y => y.Sum(v => (double)v)), gradient[i], 2e-3);
    }

    [Fact]
    public async Task What_was_written_is_told()
    {
        TinyModel.Save(_folder["model.onnx"]);
        JsonObject told = JsonNode.Parse((await Run("model.onnx", "--out", "gradient.onnx", "--json")).Out)!.AsObject();
        Assert.Equal(new FileInfo(_folder["gradient.onnx"]).Length, (long)told["bytes"]!);
        Assert.Equal(2, (int)told["nodesBefore"]!);
        Assert.Equal(OnnxFile.Load(_folder["gradient.onnx"]).Graph.Node.Count, (int)told["nodesAfter"]!);
        Assert.Equal(["x", "y_cotangent"], told["inputs"]!.AsArray().Select(port => (string)port!["name"]!));
        Assert.Equal(["gradient.onnx", "model.onnx"], _folder.Names);
    }

    [Fact]
    public async Task An_older_file_is_replaced_when_asked()
    {
        TinyModel.Save(_folder["model.onnx"]);
        await File.WriteAllTextAsync(_folder["gradient.onnx"], "older", TestContext.Current.CancellationToken);
        Assert.Equal(0, (await Run("model.onnx", "--out", "gradient.onnx", "--overwrite")).Exit);
        Assert.Contains(OnnxFile.Load(_folder["gradient.onnx"]).Graph.Output, o => o.Name == "x_gradient");
    }

    [Theory]
    [InlineData("model-missing", "does not exist", "none.onnx", "--out", "new.onnx")]
    [InlineData("model-not-onnx", "not an ONNX model", "text.txt", "--out", "new.onnx")]
    [InlineData("port-unknown", "did you mean 'y'?", "model.onnx", "--output", "yy", "--out", "new.onnx")]
    [InlineData("port-unknown", "did you mean 'x'?", "model.onnx", "--wrt", "xx", "--out", "new.onnx")]
    [InlineData("operators-without-gradient", "Bernoulli (1 node", "random.onnx", "--out", "new.onnx")]
    [InlineData("operators-without-gradient", "RandomNormalLike (1 node", "random.onnx", "--out", "new.onnx")]
    [InlineData("output-exists", "--overwrite", "model.onnx", "--out", "text.txt")]
    [InlineData("output-exists", "a folder stands", "model.onnx", "--out", ".", "--overwrite")]
    [InlineData("output-is-input", "would be replaced", "model.onnx", "--out", "model.onnx", "--overwrite")]
    [InlineData("output-is-input", "would be replaced", "model.onnx", "--out", "link.onnx", "--overwrite")]
    [InlineData("output-is-input", "would be replaced", "model.onnx", "--out", "second-name.onnx", "--overwrite")]
    [InlineData("output-is-input", "would be replaced", "apart.onnx", "--out", "weights", "--overwrite")]
    [InlineData("output-folder-missing", "does not exist", "model.onnx", "--out", "nowhere/new.onnx")]
    [InlineData("nothing-real", "no output of real numbers", "decision.onnx", "--out", "new.onnx")]
    [InlineData("not-real", "Int64", "decision.onnx", "--output", "y", "--out", "new.onnx")]
    [InlineData("scalar-not-possible", "rank 2", "cube.onnx", "--scalar", "index", "--out", "new.onnx")]
    [InlineData("name-taken", "'x_gradient'", "again.onnx", "--wrt", "x", "--out", "new.onnx")]
    public async Task A_wrong_input_is_refused_and_leaves_nothing(string code, string told, params string[] args)
    {
        await WriteAll();
        string[] before = _folder.Names;
        (int exit, string output, string error) = await Run([.. args, "--json"]);
        JsonObject problem = JsonNode.Parse(error)!.AsObject();
        Assert.Equal((2, code, ""), (exit, (string)problem["code"]!, output));
        Assert.Contains(told, string.Join(' ', problem.Select(part => part.Value?.ToString())), StringComparison.Ordinal);
        Assert.Equal(before, _folder.Names);
        Assert.Equal("no model", await File.ReadAllTextAsync(_folder["text.txt"], TestContext.Current.CancellationToken));
    }

    async Task WriteAll()
    {
        TinyModel.Save(_folder["model.onnx"]);
        TinyModel.Save(_folder["random.onnx"], (ops, y) => ops.Emit("RandomNormalLike", [ops.Emit("Bernoulli", [y])]));
        TinyModel.Save(
            _folder["decision.onnx"],
            (ops, y) => ops.Emit("ArgMax", [y], new AttributeProto { Name = "axis", Type = AttributeProto.Types.AttributeType.Int, I = 1 }),
            [-1, 1], DataType.Int64);
        TinyModel.Save(_folder["cube.onnx"], (ops, y) => ops.Unsqueeze(y, 1), [-1, 1, TinyModel.Outputs]);
        await File.WriteAllTextAsync(_folder["text.txt"], "no model", TestContext.Current.CancellationToken);
        Assert.Equal(0, (await Run("model.onnx", "--out", "again.onnx")).Exit);
        WriteOtherNames();
    }

    /// <summary>Two more names of the model, and a model whose data lies where that of another would go.</summary>
    void WriteOtherNames()
    {
        File.CreateSymbolicLink(_folder["link.onnx"], _folder["model.onnx"]);
        using (Process link = Process.Start("ln", [_folder["model.onnx"], _folder["second-name.onnx"]])) link.WaitForExit();
        const int Wide = 400; // few weights stay in the model
        string Layer(GraphWriter ops, string x) => ops.MatMul(x, ops.Real(new double[Wide * 4], Wide, 4));
        TinyModel.SaveFunction(_folder["whole.onnx"], Layer, [-1, 4], input: [-1, Wide]);
        OnnxFile.Save(OnnxFile.Load(_folder["whole.onnx"]), _folder["weights"], externalDataThreshold: 0);
        File.Move(_folder["weights"], _folder["apart.onnx"]);
    }

    async Task<(int Exit, string Out, string Error)> Run(params string[] args)
    {
        StringWriter output = new(), error = new();
        int exit = await CliApp.RunAsync(
            ["gradient", "build", .. args], CliRun.Io(output, error) with { WorkingDirectory = _folder.Path },
            TestContext.Current.CancellationToken);
        return (exit, output.ToString(), error.ToString());
    }

    ModelSession Open() => ModelSession.FromFile(_folder["gradient.onnx"], new() { Threads = 1 });

    /// <summary>d f(y) / d x at one element, by a central difference of the model itself.</summary>
    double Slope(float[] x, int element, Func<float[], double> f)
    {
        const double Step = 1e-2;
        using ModelSession model = ModelSession.FromFile(_folder["model.onnx"], new() { Threads = 1 });
        return (At(Step) - At(-Step)) / (2 * Step);

        double At(double step)
        {
            float[] moved = [.. x];
            moved[element] += (float)step;
            return f(Evaluate(model, moved, null, null, "y"));
        }
    }

    static float[] Evaluate(ModelSession session, float[] x, string? further, OrtValue? value, string output)
    {
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(x, [Rows, TinyModel.Inputs]);
        using OrtValue? held = value;
        Dictionary<string, OrtValue> inputs = new() { ["x"] = input };
        if (further is not null) inputs[further] = value!;
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(inputs, [output], TestContext.Current.CancellationToken);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    static float[] Wave(int length, double pace) => [.. Enumerable.Range(0, length).Select(i => (float)Math.Sin(pace * i + 0.3))];
}
