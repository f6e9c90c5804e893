using Cfgen.Inference.Bundles;
using Cfgen.Inference.Gradients;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Tests;

/// <summary>An input that is left out by an empty name at the end: on a LayerNormalization ONNX Runtime would end the process.</summary>
public sealed class EmptyInputTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_that_leaves_the_bias_out_so_runs_as_part_of_a_bundle()
    {
        string path = Write(Normalisation(""));
        using ModelSession session = ModelSession.FromBundle(BundleFile.Open("encoder", path, null), new() { Threads = 1 });
        Assert.Equal("x", Assert.Single(session.Inputs.Keys));
    }

    [Fact]
    public void And_its_gradient_file_runs()
    {
        ModelProto gradient = GradientFile.Build(OnnxFile.Load(Write(Normalisation(""))), "model.onnx", new());
        Assert.DoesNotContain(gradient.Graph.Node, n => n.Input.LastOrDefault() == "");
        using ModelSession session = ModelSession.FromModel(gradient, "gradient", new() { Threads = 1 });
        Assert.Contains("x_gradient", session.Outputs.Keys);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Only_a_file_with_such_a_node_is_read_for_it(bool isEmpty)
    {
        ModelProto model = Normalisation(isEmpty ? "" : null);
        // the operator's name lies in the second piece that is looked at
        TensorProto large = ((ReadOnlySpan<double>)new double[300_000]).ToTensor(TensorProto.Types.DataType.Float, 300_000);
        model.Graph.Node.Insert(0, new NodeProto
        {
            OpType = "Constant",
            Output = { "large" },
            Attribute = { new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = large } },
        });
        Assert.Equal(isEmpty, EmptyInputs.Matter(Write(model)));
    }

    [Fact]
    public void One_in_a_function_of_the_model_s_own_is_found()
    {
        ModelProto model = Normalisation("");
        FunctionProto function = new()
        {
            Name = "Normal",
            Domain = "own",
            Input = { "x" },
            Output = { "y" },
            Node = { model.Graph.Node },
            OpsetImport = { model.OpsetImport },
        };
        model.Functions.Add(function);
        model.Graph.Node.Clear();
        model.Graph.Node.Add(new NodeProto { OpType = "Normal", Domain = "own", Input = { "x" }, Output = { "y" } });
        Assert.True(EmptyInputs.Matter(Write(model)));
        EmptyInputs.Trim(model);
        Assert.False(EmptyInputs.Matter(Write(model)));
    }

    [Fact]
    public void Inputs_left_out_in_the_middle_stay()
    {
        ModelProto model = TinyModels.Make([new("x", [-1, 3])], new("y", [-1, 3]), ops => ops.Emit("Clip", ["x", "", ops.Scalar(1)]));
        EmptyInputs.Trim(model);
        Assert.Equal(3, model.Graph.Node[0].Input.Count);
    }

    string Write(ModelProto model)
    {
        string path = Path.Combine(_folder.Path, "model.onnx");
        OnnxFile.Save(model, path);
        return path;
    }

    static ModelProto Normalisation(string? bias) => TinyModels.Make([new("x", [-1, 4])], new("y", [-1, 4]), ops =>
        ops.Relu(ops.Emit(
            "LayerNormalization", bias is null ? ["x", ops.Real([1, 2, 3, 4], 4)] : ["x", ops.Real([1, 2, 3, 4], 4), bias],
            new AttributeProto { Name = "axis", Type = AttributeProto.Types.AttributeType.Int, I = -1 })));
}
